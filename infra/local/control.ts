import type { IncomingMessage, Server } from 'node:http';
import type { Alarms } from './alarms.ts';
import type { WorkerCalls } from './emulators/calls.ts';
import { bodyOf, isForThisServer, listen } from './emulators/http.ts';
import type { Depth } from './emulators/queue-keeper.ts';
import type { Activity } from './runtime/activity.ts';
import type { LocalIssuer, TokenWish } from './runtime/jwt.ts';
import type { Simulation } from './simulation.ts';
import type { JwtPart } from './template/parts.ts';

interface Parts {
  readonly simulation: Simulation;
  readonly activity: Activity;
  readonly alarms: Alarms;
  readonly queues: WorkerCalls;
  readonly mail: WorkerCalls;
  readonly issuer: LocalIssuer;
  /** What the template's documents API wants of a token. */
  readonly jwt: JwtPart | undefined;
}

interface Ask {
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** No answer waits longer than this, so that no client gives up. */
const MAX_WAIT_SECONDS = 60;
const TOKEN_SECONDS = 3600;

/**
 * What the command line asks the local cloud itself, on loopback only:
 * `GET /clock`, `POST /at {instant}` then `GET /at?wait=SECONDS`, `GET /idle?wait=SECONDS`, `GET /alarms`, `GET /queues`,
 * `GET /mail?after=N&limit=N`, `GET /mail/ID` ({raw} in base64), `POST /ses {fault?, rate?}`, `POST /token {ocn, audience?, scope?, seconds?}` as the carrier's login would sign it.
 */
export function startControl(parts: Parts, port: number): Promise<Server> {
  return listen(port, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isForThisServer(request)) return void response.writeHead(403).end();
    const answer = await answerTo(parts, `${request.method} ${url.pathname}`, await askOf(request, url));
    const [status, body] = answer === undefined ? [404, { error: `There is no ${request.method} ${url.pathname}` }] : [200, answer];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
}

async function askOf(request: IncomingMessage, url: URL): Promise<Ask> {
  const text = request.method === 'POST' ? (await bodyOf(request)).toString() : '';
  return { query: url.searchParams, body: text ? (JSON.parse(text) as Ask['body']) : {} };
}

async function answerTo(
  { simulation, activity, alarms, queues, mail, issuer, jwt }: Parts,
  what: string,
  { query, body }: Ask,
): Promise<unknown> {
  const wait = Math.min(MAX_WAIT_SECONDS, Number(query.get('wait') ?? 0)) * 1000;
  switch (what) {
    case 'GET /clock':
      return simulation.now();
    case 'POST /at': {
      const refused = simulation.start(String(body.instant));
      return refused === undefined ? { started: true } : { started: false, refused };
    }
    case 'GET /at':
      return simulation.watch(wait);
    case 'GET /idle':
      return idle(activity, simulation, wait);
    case 'GET /alarms':
      return alarms.states(await queues.call<Depth[]>('depths'));
    case 'GET /queues':
      return queues.call<Depth[]>('depths');
    case 'GET /mail':
      return mail.call('list', Number(query.get('after') ?? 0), Number(query.get('limit') ?? 100));
    case 'POST /token':
      return jwt && { token: issuer.token(wishOf(jwt, body)) };
    case 'POST /ses':
      if (body.fault) await mail.call('setFault', body.fault);
      if (body.rate) await mail.call('setRate', Number(body.rate));
      return {};
  }
  const [, id] = /^GET \/mail\/(.+)$/.exec(what) ?? [];
  const raw = id === undefined ? undefined : await mail.call<Uint8Array | undefined>('raw', decodeURIComponent(id));
  return raw && { raw: Buffer.from(raw).toString('base64') };
}

/** A token as it should be, but for what is asked to be otherwise. */
function wishOf({ issuer, audiences, scopes }: JwtPart, { ocn, audience, scope, seconds }: Ask['body']): TokenWish {
  return {
    issuer,
    audience: String(audience ?? audiences[0]),
    scope: String(scope ?? scopes.join(' ')),
    seconds: Number(seconds ?? TOKEN_SECONDS),
    claims: { ocn: String(ocn) },
  };
}

/**
 * Idle: nothing is at work and no message is visible. While the clock runs by itself, hidden and delayed messages come
 * back on their own and are waited for; when it stands still, only `at` brings them.
 */
async function idle(activity: Activity, simulation: Simulation, wait: number) {
  const until = performance.now() + wait;
  for (;;) {
    const quiet = await activity.isQuiet();
    const depth = await activity.depth();
    const idle = quiet && (simulation.now().mode === 'set' || depth.hidden === 0);
    if (idle || performance.now() >= until) return { idle, ...depth };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
