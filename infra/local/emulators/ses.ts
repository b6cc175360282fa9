import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Chaos } from './chaos.ts';
import { bodyOf, closeServer, listen, portOf } from './http.ts';
import type { MailStore, SentMail } from './mail-store.ts';
import { type EventDestination, eventsOf, wanted } from './ses-events.ts';
import { addressOf, failure, listOf, SesError, success, tagsOf } from './ses-form.ts';
import { headerOf, stamped } from './ses-message.ts';

/** Answers that the emulator is told to give: the next `times` sends, before or after the mail has left. */
export interface Fault {
  readonly code: string;
  readonly times: number;
  /** `after`: the mail left, but the sender does not hear so. */
  readonly when: 'before' | 'after';
  /** Only sends with this configuration set; all without one. */
  readonly configurationSet?: string | undefined;
}

export interface SesSettings {
  readonly port: number;
  /** Emails are named by it. */
  readonly region: string;
  readonly store: MailStore;
  readonly now: () => Date;
  readonly chaos: Chaos;
  /** Publishes an event to an SNS topic. */
  readonly publish: (topicArn: string, body: string) => Promise<void>;
  /** Called when a mail has been stored or its last event was told. */
  readonly onChange: () => void;
}

/** What the cloud's template says about sending; what is missing allows everything. */
export interface SesRules {
  readonly sets?: Readonly<Record<string, readonly EventDestination[]>>;
  readonly identities?: readonly string[];
}

const MAX_BYTES = 10 * 1024 * 1024;
const EVENTS_AT_ONCE = 50;
const RETRY_MILLISECONDS = 200;

/** Amazon SES: SendRawEmail and GetSendQuota of its version 1, as strict as the service where it matters to senders. */
export class Ses {
  readonly #settings: SesSettings;
  #server: Server | undefined;
  #rules: SesRules = {};
  /** By the configuration set they are meant for. */
  readonly #faults = new Map<string | undefined, Fault>();
  #rate = Number.POSITIVE_INFINITY;
  #allowance = 0;
  #refilledAt = 0;
  #telling = false;
  #closed = false;

  constructor(settings: SesSettings) {
    this.#settings = settings;
  }

  async start(): Promise<number> {
    this.#server = await listen(this.#settings.port, (request, response) => this.#serve(request, response));
    return portOf(this.#server);
  }

  /** Tells the rules; what a dead process still had to tell about its mails is told now. */
  setRules(rules: SesRules): void {
    this.#rules = rules;
    this.#tell();
  }

  /** Adds a configuration set beside the others. */
  addSet(name: string, destinations: readonly EventDestination[]): void {
    this.setRules({ ...this.#rules, sets: { ...this.#rules.sets, [name]: destinations } });
  }

  /** Makes the next sends fail; `times: 0` ends it. */
  setFault(fault: Fault): void {
    this.#faults.delete(fault.configurationSet);
    if (fault.times > 0) this.#faults.set(fault.configurationSet, fault);
  }

  /** Mails a second that are taken; the rest is throttled. */
  setRate(perSecond: number): void {
    this.#rate = perSecond;
    this.#allowance = perSecond;
    this.#refilledAt = performance.now();
  }

  async stop(): Promise<void> {
    this.#closed = true;
    if (this.#server) await closeServer(this.#server);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams((await bodyOf(request)).toString('latin1'));
    const action = form.get('Action') ?? '';
    try {
      const result = this.#answer(action, form);
      response.writeHead(200, { 'content-type': 'text/xml' }).end(success(action, result));
    } catch (error) {
      const { code, status } = error instanceof SesError ? error : { code: 'InternalFailure', status: 500 };
      response.writeHead(status, { 'content-type': 'text/xml' }).end(failure(code, (error as Error).message));
    }
  }

  #answer(action: string, form: URLSearchParams): string {
    if (action === 'SendRawEmail') return `<MessageId>${this.#send(form)}</MessageId>`;
    if (action !== 'GetSendQuota') throw new SesError('InvalidAction', `The local SES does not do ${action}`);
    const rate = Number.isFinite(this.#rate) ? this.#rate : 10_000;
    const sent = this.#settings.store.count();
    return `<Max24HourSend>10000000</Max24HourSend><MaxSendRate>${rate}</MaxSendRate><SentLast24Hours>${sent}</SentLast24Hours>`;
  }

  #send(form: URLSearchParams): string {
    const { chaos, store } = this.#settings;
    const configurationSet = form.get('ConfigurationSetName') ?? '';
    this.#fail('before', configurationSet);
    if (chaos.strikes('failBefore')) throw new SesError('Throttling', 'Maximum sending rate exceeded.');
    const mail = this.#take(form);
    const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
    const kept = stamped(raw, mail.id, this.#settings.now(), this.#settings.region);
    store.keep(mail, kept, this.#events(mail, headerOf(raw, 'Subject')));
    this.#settings.onChange();
    this.#tell();
    this.#fail('after', configurationSet);
    if (chaos.strikes('failAfter')) throw new SesError('InternalFailure', 'The request processing has failed', 500);
    return mail.id;
  }

  /** Checks a send as SES does and answers what will be kept of it. */
  #take(form: URLSearchParams): SentMail {
    const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
    if (raw.length === 0)
      throw new SesError('ValidationError', "1 validation error detected: Value at 'rawMessage.data' must not be empty");
    if (raw.length > MAX_BYTES)
      throw new SesError('InvalidParameterValue', `Message length is more than ${MAX_BYTES} bytes long: '${raw.length}'.`);
    const tags = tagsOf(form);
    const configurationSet = form.get('ConfigurationSetName') ?? '';
    if (this.#rules.sets && configurationSet && !this.#rules.sets[configurationSet]) {
      throw new SesError('ConfigurationSetDoesNotExist', `Configuration set <${configurationSet}> does not exist.`);
    }
    const source = addressOf(form.get('Source') ?? headerOf(raw, 'From') ?? '');
    if (!this.#isVerified(source)) {
      const where = 'The following identities failed the check in region EU-WEST-1';
      throw new SesError('MessageRejected', `Email address is not verified. ${where}: ${source}`);
    }
    const destinations = listOf(form, 'Destinations');
    const [destination = addressOf(headerOf(raw, 'To') ?? ''), ...others] = destinations;
    if (!/^[^\s@]+@[^\s@]+$/.test(destination)) throw new SesError('InvalidParameterValue', "Missing final '@domain'");
    if (others.length > 0) throw new SesError('InvalidParameterValue', 'The local SES takes one recipient per message');
    this.#throttle();
    const id = `0102${randomBytes(6).toString('hex')}-${randomUUID()}-000000`;
    return { id, at: this.#settings.now().toISOString(), source, destination, configurationSet, tags, bytes: raw.length };
  }

  #events(mail: SentMail, subject: string | undefined): { topicArn: string; body: string }[] {
    const destinations = this.#rules.sets?.[mail.configurationSet] ?? [];
    const events = eventsOf(mail, subject);
    return destinations.flatMap((destination) =>
      wanted(events, destination).map((event) => ({ topicArn: destination.topicArn, body: JSON.stringify(event) })),
    );
  }

  #isVerified(source: string): boolean {
    const { identities } = this.#rules;
    if (!identities) return true;
    const domain = source.split('@')[1] ?? '';
    return identities.some((identity) => identity === source || domain === identity || domain.endsWith(`.${identity}`));
  }

  #throttle(): void {
    if (!Number.isFinite(this.#rate)) return;
    const now = performance.now();
    this.#allowance = Math.min(this.#rate, this.#allowance + ((now - this.#refilledAt) / 1000) * this.#rate);
    this.#refilledAt = now;
    if (this.#allowance < 1) throw new SesError('Throttling', 'Maximum sending rate exceeded.');
    this.#allowance -= 1;
  }

  #fail(when: Fault['when'], configurationSet: string): void {
    const fault = this.#faults.get(configurationSet) ?? this.#faults.get(undefined);
    if (fault?.when !== when) return;
    this.setFault({ ...fault, times: fault.times - 1 });
    throw new SesError(fault.code, `The local SES was told to fail: ${fault.code}`, fault.code === 'InternalFailure' ? 500 : 400);
  }

  #tell(): void {
    if (this.#telling || this.#closed) return;
    this.#telling = true;
    this.#tellAll().then(
      () => {
        this.#telling = false;
        this.#settings.onChange();
      },
      () => {
        this.#telling = false;
        setTimeout(() => this.#tell(), RETRY_MILLISECONDS).unref();
      },
    );
  }

  async #tellAll(): Promise<void> {
    const { store, publish } = this.#settings;
    for (let events = store.pending(EVENTS_AT_ONCE); events.length > 0 && !this.#closed; events = store.pending(EVENTS_AT_ONCE)) {
      for (const { number, topicArn, body } of events) {
        await publish(topicArn, body);
        store.told(number);
      }
    }
  }
}
