import type { LocalFile } from '../local-cloud.ts';

interface Form {
  readonly csrf?: string;
  readonly [field: string]: string | undefined;
}

/** A browser without scripts: cookies, redirects one at a time, and where its forms come from. */
export class Visitor {
  readonly #origin: string;
  #cookies: Record<string, string> = {};

  constructor({ urls }: LocalFile) {
    this.#origin = urls.console;
  }

  /** The session, as another browser would steal it. */
  get cookie(): string {
    return this.#cookies['__Host-session'] ?? '';
  }

  set cookie(value: string) {
    this.#cookies = { '__Host-session': value };
  }

  /** Asks for a page and does not follow where it leads. */
  async get(path: string, method: 'GET' | 'HEAD' = 'GET') {
    return this.#ask(new URL(path, this.#origin), { method });
  }

  /** Sends a form with the token of a page that was looked at before, as from one of the console's own pages. */
  async post(path: string, form: Form, headers: Record<string, string> = { origin: this.#origin }) {
    const csrf = form.csrf ?? (await this.token());
    const fields = Object.entries({ ...form, csrf }).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return this.#ask(new URL(path, this.#origin), { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** The token that stands in the forms of this session. */
  async token(): Promise<string> {
    return /name="csrf" value="([^"]*)"/.exec((await this.get('/')).body)?.[1] ?? '';
  }

  /** Asks for a page, is led to the identity provider, picks somebody there, and follows the way back to where it ends. */
  async signIn(person: string, to = '/') {
    const led = await this.get(to);
    const away = await this.get(led.to === '' ? `/sign-in?${new URLSearchParams({ to })}` : led.to);
    const asked = new URL(away.to);
    const form = new URLSearchParams([...asked.searchParams, ['person', person]]);
    const picked = await fetch(new URL('/authorize', asked), { method: 'POST', body: form, redirect: 'manual' });
    const back = await this.#ask(new URL(picked.headers.get('location') ?? ''), {});
    return back.to === '' ? back : { ...(await this.get(back.to)), to: back.to };
  }

  async #ask(url: URL, options: RequestInit) {
    const cookie = Object.entries(this.#cookies).map(([name, value]) => `${name}=${value}`);
    const headers = { ...options.headers, ...(cookie.length > 0 ? { cookie: cookie.join('; ') } : {}) };
    const response = await fetch(url, { ...options, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) this.#keep(set);
    return { status: response.status, to: response.headers.get('location') ?? '', body: await response.text() };
  }

  #keep(set: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    if (set.includes('Max-Age=0')) delete this.#cookies[name];
    else this.#cookies[name] = value;
  }
}
