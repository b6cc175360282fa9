import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import pLimit from 'p-limit';
import { now } from '../aws/clock.ts';
import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { type CloudEvent, parseEvent, parseWith } from '../events/cloud-event.ts';
import { dryRun } from '../planned-works/take-works.ts';
import { type PlannedWorks, plannedWorks } from '../planned-works/works.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { Failed, note, print, printJson, UsageError } from './output.ts';
import { worksFeedCommand } from './works-feed.ts';
import { showPreview } from './works-preview.ts';
import { worksReplyCommand } from './works-reply.ts';
import { worksReleaseCommand, worksStatusCommand } from './works-status.ts';

interface ReadEvent {
  /** `planned-works.jsonl:3` */
  readonly place: string;
  readonly event: CloudEvent;
  readonly works: PlannedWorks;
}

interface BadEvent {
  readonly place: string;
  readonly reason: string;
}

const TYPE = 'planned-works.published';
const PARALLEL = 8;

type Options = CloudOptions & { wait: boolean; json: boolean; dryRun?: boolean };

const LESSON = `
Events that are wrong are listed and stay out (exit code 1); the others are sent.

  carrierpost works samples/planned-works.jsonl --dry-run   who would hear what
  carrierpost works samples/planned-works.jsonl             tell them
  carrierpost works status CRQ-1001                         who was invited, got it, accepted, declined
  carrierpost works release CRQ-1001 --reason TEXT          what waits for a named person goes out`;

/** `carrierpost works FILE...` and what belongs to it: `status`, `release`, `feed`, `reply`. */
export function worksCommand(program: Command): void {
  const works = program
    .command('works')
    .description('planned works: put events onto their queue, and see what came of them')
    .argument('<FILE...>', 'CloudEvents, as JSON or JSON Lines')
    .option('--dry-run', 'send nothing: tell which customers and contacts would hear what')
    .option('--no-wait', 'do not wait until the queues are empty')
    .addHelpText('after', LESSON)
    .action(async (files: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { good, bad } = await readEvents(files);
      const cloud = await openCloud(options);
      if (options.dryRun) await showPreviews(good, bad, options.json);
      else {
        await sendAll(good);
        if (options.wait) await waitUntilIdle(cloud);
        if (options.json) printJson({ sent: good.length, bad });
        else print(`${good.length} events sent.`);
      }
      if (bad.length === 0) return;
      if (!options.json) for (const { place, reason } of bad) note(`${place}: ${reason}`);
      throw new Failed(`${bad.length} events are wrong and were not sent.`);
    });
  worksStatusCommand(works);
  worksReleaseCommand(works);
  worksFeedCommand(works);
  worksReplyCommand(works);
}

/** What each event would set off now, each by itself. */
async function showPreviews(events: readonly ReadEvent[], bad: readonly BadEvent[], json: boolean): Promise<void> {
  const previews = await Promise.all(events.map(async ({ works }) => dryRun(works, now())));
  if (json) printJson({ dryRun: previews, bad });
  else for (const preview of previews) showPreview(preview);
}

/** Each works' revisions in their order; works beside each other. */
async function sendAll(events: readonly ReadEvent[]): Promise<void> {
  const limit = pLimit(PARALLEL);
  const groups = Map.groupBy(events, ({ works }) => works.worksId);
  const sendGroup = async (group: readonly ReadEvent[]) => {
    for (const { event, works } of group) await sendEvent(queueUrlOf('planned-works.fifo'), { event, group: works.worksId });
  };
  await Promise.all([...groups.values()].map((group) => limit(() => sendGroup(group))));
}

async function readEvents(files: readonly string[]): Promise<{ good: ReadEvent[]; bad: BadEvent[] }> {
  const good: ReadEvent[] = [];
  const bad: BadEvent[] = [];
  for (const file of files) {
    const content = await readFile(file, 'utf8').catch((error: Error) => {
      throw new UsageError(`${file} cannot be read: ${error.message}`);
    });
    for (const { place, text } of eventTexts(file, content.replace(/^\ufeff/, ''))) {
      try {
        good.push({ place, ...readEvent(text) });
      } catch (error) {
        bad.push({ place, reason: (error as Error).message });
      }
    }
  }
  return { good, bad };
}

function readEvent(text: string): Omit<ReadEvent, 'place'> {
  const event = parseEvent(text);
  if (event.type !== TYPE) throw new Error(`type is ${JSON.stringify(event.type)}: ${TYPE} is expected`);
  return { event, works: parseWith(plannedWorks, event.data, `Event ${event.id}`) };
}

/** The events of a file: one JSON value (an event or an array of them), or one event a line. */
function eventTexts(file: string, content: string): { place: string; text: string }[] {
  try {
    const value: unknown = JSON.parse(content);
    if (!Array.isArray(value)) return [{ place: file, text: content }];
    return value.map((event, index) => ({ place: `${file}[${index}]`, text: JSON.stringify(event) }));
  } catch {
    return content.split('\n').flatMap((text, index) => (text.trim() === '' ? [] : [{ place: `${file}:${index + 1}`, text }]));
  }
}
