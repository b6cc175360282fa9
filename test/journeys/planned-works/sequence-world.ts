import { diaryOf } from '../../oracle/planned-works/diary.ts';
import { doubtsOf, type Status, withoutDoubt } from '../../oracle/planned-works/doubts.ts';
import { diaryFaults, type Wish, wantedDiaries } from '../../oracle/planned-works/wanted-diaries.ts';
import type { WorksMail } from '../../oracle/planned-works/works-mail.ts';
import { folded } from '../../oracle/recipients.ts';
import {
  type ContactRecord,
  circuit,
  contact,
  customer,
  handedOver,
  type Records,
  type ServiceRecord,
  together,
} from './carrier-records.ts';
import { PERSON } from './scenario.ts';
import { type Act, type Sequence, type Who, type WorksDraft, worksOf } from './sequences.ts';
import { published, type WorksEvent } from './works-events.ts';

/** What a round of a sequence asks the cloud for. */
export interface Round {
  readonly load: Records;
  readonly commands: readonly (readonly string[])[];
  readonly publish: readonly WorksEvent[];
}

const LEFT = '2026-10-31';
const TODAY = '2026-11-02';

/** The world of one sequence: what has been said of it so far, and what should be in the diaries for it. */
export class SequenceWorld {
  readonly #name: string;
  readonly #sequence: Sequence;
  readonly #people: Map<Who, ContactRecord>;
  readonly #wishes = new Map<string, Wish>();
  #services: ServiceRecord[];
  /** In the order of publishing. */
  readonly #events: WorksEvent[] = [];
  #late: WorksEvent[] = [];
  #revisions = 0;

  constructor(name: string, sequence: Sequence) {
    this.#name = name;
    this.#sequence = sequence;
    const [x, y] = [`${name}-x`, `${name}-y`];
    const everybody = new Map<Who, ContactRecord>([
      ['noc', contact(x, 'noc')],
      ['same', contact(x, 'same', { email: `NOC@${x}.Example`, activeTo: LEFT })],
      ['ana', contact(x, 'ana', { bcns: [`${x}-a`] })],
      ['late', contact(x, 'late', { activeTo: LEFT })],
      ['yo', contact(y, 'yo')],
      ['mate', contact(y, 'mate')],
    ]);
    this.#people = new Map([...everybody].filter(([who]) => sequence.people.includes(who)));
    this.#services = [circuit(x, 1), circuit(x, 2), circuit(x, 3, 'b'), circuit(y, 1)];
  }

  /** The directory before anything happens. */
  start(): Records {
    return together([
      customer(`${this.#name}-x`, { accounts: ['a', 'b'] }),
      customer(`${this.#name}-y`, {}),
      { contacts: [...this.#people.values()], services: this.#services },
    ]);
  }

  /** Round 0 publishes the works; the last one lets nothing be late any more. */
  round(number: number): Round {
    const acts = number === 0 ? [] : (this.#sequence.rounds[number - 1] ?? []);
    const late = this.#late;
    this.#late = [];
    const parts = acts.map((act) => this.#act(act));
    const first = number === 0 ? [this.#revision(this.#sequence.first)] : [];
    const isLast = number >= this.#sequence.rounds.length;
    const publish = [...first, ...parts.flatMap((part) => part.publish ?? []), ...late, ...(isLast ? this.#late : [])];
    this.#events.push(...publish);
    return {
      load: together(parts.flatMap(({ load }) => load ?? [])),
      commands: parts.flatMap(({ commands }) => commands ?? []),
      publish,
    };
  }

  get worksId(): string {
    return `CRQ-${this.#name}`;
  }

  /**
   * How the diaries differ from what they should be.
   * @param status what excuses a diary that is behind
   */
  faults(mails: readonly WorksMail[], status?: Status): string[] {
    const newest = this.#events.toSorted((a, b) => a.data.revision - b.data.revision).at(-1);
    if (!newest) return [`${this.#name} published nothing`];
    const accounts = new Map([
      [`${this.#name}-x-a`, `${this.#name}-x`],
      [`${this.#name}-x-b`, `${this.#name}-x`],
      [`${this.#name}-y-a`, `${this.#name}-y`],
    ]);
    const contacts = [...this.#people.values()];
    const wanted = wantedDiaries({ works: newest.data, today: TODAY, contacts, services: this.#services, accounts, wishes: this.#wishes });
    const doubts = status ? doubtsOf(status) : [];
    return this.#mailboxes().flatMap((address) => {
      const own = doubts.filter((doubt) => doubt.address === address);
      const compared = withoutDoubt(own, wanted.get(address) ?? [], diaryOf(address, mails));
      return diaryFaults(address, compared.wanted, compared.found);
    });
  }

  #mailboxes(): string[] {
    const [x, y] = [`${this.#name}-x.example`, `${this.#name}-y.example`];
    return [...['noc', 'ana', 'anna', 'late'].map((local) => `${local}@${x}`), ...['yo', 'mate'].map((local) => `${local}@${y}`)].map(
      folded,
    );
  }

  #act(act: Act): Partial<Round> {
    switch (act.kind) {
      case 'revise':
        return { publish: this.#revise(act) };
      case 'again':
        return { publish: this.#events.slice(-1 - act.back).slice(0, 1) };
      case 'leaves':
        return this.#change(act.who, { activeTo: LEFT });
      case 'returns':
        return this.#change(act.who, { activeTo: null });
      case 'stale':
        return { load: { contacts: [{ ...this.#person(act.who), activeTo: LEFT, updatedAt: '2026-01-01T00:00:00Z' }] } };
      case 'scope':
        return this.#change('ana', { bcns: act.bcns?.map((letter) => `${this.#name}-x-${letter}`) ?? null });
      case 'address':
        return this.#change('ana', { email: `${this.#person('ana').email.startsWith('ana@') ? 'anna' : 'ana'}@${this.#name}-x.example` });
      case 'roles':
        return this.#change('yo', { roles: act.roles });
      case 'sold':
        return this.#own(handedOver(circuit(`${this.#name}-x`, 3, 'b'), `${this.#name}-y-a`, '2026-12-02', '2026-12-01'));
      case 'bought back':
        return this.#own(circuit(`${this.#name}-x`, 3, 'b'));
      case 'wish':
        return this.#wish(act);
    }
  }

  #revise({ draft, next, arrives }: Extract<Act, { kind: 'revise' }>): WorksEvent[] {
    const event = this.#revision(draft);
    if (arrives === 'now') return [event];
    if (arrives === 'swapped') return [this.#revision(next), event];
    this.#late.push(event);
    return [];
  }

  #revision(draft: WorksDraft): WorksEvent {
    const circuits = [1, 2, 3].map((n) => `${this.#name}-x/${n}`);
    const event = published(this.worksId, this.#revisions, worksOf(draft, [...circuits, `${this.#name}-y/1`]));
    this.#revisions += 1;
    return event;
  }

  #change(who: Who, change: Partial<ContactRecord>): Partial<Round> {
    const changed = { ...this.#person(who), ...change };
    this.#people.set(who, changed);
    return { load: { contacts: [changed] } };
  }

  #own(service: ServiceRecord): Partial<Round> {
    this.#services = this.#services.map((one) => (one.serviceId === service.serviceId ? service : one));
    return { load: { services: [service] } };
  }

  #wish({ who, setting, value }: Extract<Act, { kind: 'wish' }>): Partial<Round> {
    const { contactId, ocn } = this.#person(who);
    this.#wishes.set(contactId, { ...this.#wishes.get(contactId), [setting]: value });
    return { commands: [['preferences', 'set', ocn, contactId, setting, value, ...PERSON]] };
  }

  #person(who: Who): ContactRecord {
    return this.#people.get(who) as ContactRecord;
  }
}
