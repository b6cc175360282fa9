import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { readWorksMails, type WorksMail } from '../../oracle/planned-works/works-mail.ts';
import type { LocalCloud } from '../local-cloud.ts';
import { isEmpty, together, writeExport } from './carrier-records.ts';
import { addressesOf, type Scenario, Seen, type Stage } from './scenario.ts';
import { writeEvents } from './works-events.ts';

/** What came of each scenario: evidence, or the error that stopped it. */
export interface Played {
  readonly mails: readonly WorksMail[];
  readonly seen: (scenario: Scenario) => Seen;
}

/** Commands beside each other: the machine may have two cores. */
const AT_ONCE = 2;

/**
 * Plays scenarios beside each other on one cloud: at each instant that any of them names, the directory changes of all in one
 * load, their commands, their works in one file, then their acts. A command that fails stops only its own scenario.
 */
export async function playInLockStep(cloud: LocalCloud, work: string, scenarios: readonly Scenario[]): Promise<Played> {
  const play = new Play(cloud, work);
  await play.load(scenarios.map(({ directory }) => directory));
  const instants = [...new Set(scenarios.flatMap(({ steps }) => steps.map(({ at }) => at)))].sort();
  for (const instant of instants) await play.step(instant, scenarios);
  return play.end();
}

/** The emails that a cloud has sent, in the order of sending. */
export async function mailsOf(cloud: LocalCloud): Promise<WorksMail[]> {
  const folder = mkdtempSync(join(cloud.data, 'mails-'));
  await cloud.must('mail', 'export', folder);
  return readWorksMails(folder);
}

class Play {
  readonly #cloud: LocalCloud;
  readonly #work: string;
  readonly #kept = new Map<Scenario, Map<string, unknown>>();
  readonly #stopped = new Map<Scenario, Error>();
  #files = 0;

  constructor(cloud: LocalCloud, work: string) {
    this.#cloud = cloud;
    this.#work = work;
  }

  async load(records: Parameters<typeof together>[0]): Promise<void> {
    const all = together(records);
    if (isEmpty(all)) return;
    const report = await this.#cloud.json<{ rejections: unknown[] }>('load', writeExport(this.#next('export'), all));
    if (report.rejections.length > 0) throw new Error(`the directory was refused: ${JSON.stringify(report.rejections).slice(0, 1000)}`);
  }

  async step(instant: string, scenarios: readonly Scenario[]): Promise<void> {
    await this.#cloud.must('at', instant);
    const due = scenarios.flatMap((scenario) => scenario.steps.filter(({ at }) => at === instant).map((step) => ({ scenario, step })));
    await this.load(due.flatMap(({ step }) => step.load ?? []));
    const limit = pLimit(AT_ONCE);
    await Promise.all(
      due.map(({ scenario, step: { commands = [] } }) =>
        limit(() =>
          this.#on(scenario, async () => {
            for (const command of commands) await this.#cloud.must(...command);
          }),
        ),
      ),
    );
    const events = due.flatMap(({ step }) => step.publish ?? []);
    if (events.length > 0) await this.#cloud.must('works', writeEvents(this.#next('works.jsonl'), events));
    let sent: Promise<WorksMail[]> | undefined;
    for (const { scenario, step } of due) {
      const stage = this.#stage(scenario, () => {
        sent ??= mailsOf(this.#cloud);
        return sent;
      });
      await this.#on(scenario, async () => step.act?.(stage));
    }
  }

  async end(): Promise<Played> {
    const mails = await mailsOf(this.#cloud);
    return {
      mails,
      seen: (scenario) => {
        const error = this.#stopped.get(scenario);
        if (error) throw error;
        return new Seen(ownMails(scenario, mails), this.#kept.get(scenario) ?? new Map());
      },
    };
  }

  #stage(scenario: Scenario, sent: () => Promise<WorksMail[]>): Stage {
    const folder = this.#next('acts');
    mkdirSync(folder);
    return {
      cloud: this.#cloud,
      folder,
      mails: async () => ownMails(scenario, await sent()),
      publish: async (...events) => {
        await this.#cloud.must('works', writeEvents(this.#next('works.jsonl'), events));
      },
      keep: (name, value) => {
        const own = this.#kept.get(scenario) ?? new Map<string, unknown>();
        this.#kept.set(scenario, own.set(name, value));
      },
    };
  }

  async #on(scenario: Scenario, act: () => Promise<void>): Promise<void> {
    if (this.#stopped.has(scenario)) return;
    try {
      await act();
    } catch (error) {
      this.#stopped.set(scenario, error as Error);
    }
  }

  #next(name: string): string {
    this.#files += 1;
    return join(this.#work, `${this.#files}-${name}`);
  }
}

function ownMails({ directory, steps }: Scenario, mails: readonly WorksMail[]): WorksMail[] {
  const own = new Set([directory, ...steps.flatMap(({ load }) => load ?? [])].flatMap(addressesOf));
  return mails.filter(({ to }) => own.has(to));
}
