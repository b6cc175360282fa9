import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../functions/messages/message.ts';
import { type Evidence, hasLeft, type MessageState, STATES, type Trigger, transition } from '../../../functions/messages/states.ts';
import { changesOf } from '../../../functions/messages/store.ts';
import { storedMessage } from './message-of.ts';

/** Every step there is. What does not stand here must change nothing. */
const ACTS: readonly [MessageState, Trigger, MessageState][] = [
  ['queued', 'claim', 'claimed'],
  ['queued', 'hold', 'held'],
  ['queued', 'skip', 'skipped'],
  ['deferred', 'skip', 'skipped'],
  ['held', 'skip', 'skipped'],
  ['queued', 'defer', 'deferred'],
  ['deferred', 'release', 'queued'],
  ['held', 'release', 'queued'],
  ['claimed', 'give-back', 'queued'],
  ['claimed', 'accept', 'submitted'],
  ['unknown', 'accept', 'submitted'],
  ['claimed', 'refuse', 'held'],
  ['claimed', 'doubt', 'unknown'],
  ['unknown', 'try-again', 'queued'],
];

const NAMES = ['claim', 'hold', 'skip', 'defer', 'release', 'give-back', 'accept', 'refuse', 'doubt', 'try-again'] as const;
const EVIDENCE = ['sent', 'delay', 'delivery', 'bounce', 'complaint', 'reject'] as const satisfies readonly Evidence[];

describe('acts of the outbox', () => {
  for (const state of STATES) {
    for (const act of NAMES) {
      const allowed = ACTS.find(([from, trigger]) => from === state && trigger === act)?.[2];
      test(`${act} of a ${state} message ${allowed ? `makes it ${allowed}` : 'is not possible'}`, () => {
        expect(transition(state, act)).toBe(allowed);
      });
    }
  }

  test('nothing that has left is ever claimed or queued again', () => {
    for (const state of STATES.filter(hasLeft)) for (const act of NAMES) expect(transition(state, act)).toBeUndefined();
  });
});

describe("SES's word", () => {
  test.each([
    ['claimed', 'sent', 'submitted'],
    ['unknown', 'sent', 'submitted'],
    ['queued', 'sent', 'submitted'],
    ['claimed', 'delivery', 'delivered'],
    ['submitted', 'delay', 'delayed'],
    ['delayed', 'delivery', 'delivered'],
    ['delivered', 'delay', undefined],
    ['delivered', 'bounce', 'bounced'],
    ['bounced', 'delivery', undefined],
    ['bounced', 'complaint', 'complained'],
    ['delivered', 'sent', undefined],
    ['submitted', 'reject', 'bounced'],
    ['complained', 'bounce', undefined],
  ] as const)('%s + %s -> %s', (state, evidence, expected) => {
    expect(transition(state, evidence)).toBe(expected);
  });

  test('in any order, any number of times, the last word is the same', () => {
    const events = fc.array(fc.constantFrom(...EVIDENCE), { minLength: 1, maxLength: 12 });
    const anyOrder = events.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
    const play = (list: readonly Evidence[]) =>
      list.reduce<MessageState>((state, evidence) => transition(state, evidence) ?? state, 'claimed');
    fc.assert(fc.property(anyOrder, ([list, shuffled]) => play(list) === play(shuffled)));
  });
});

describe('the history of a message', () => {
  test('only grows, whatever happens to it, and every line says what caused it', () => {
    const triggers = fc.constantFrom<Trigger>(
      'claim',
      'hold',
      'skip',
      'defer',
      'release',
      'give-back',
      'accept',
      'doubt',
      'try-again',
      'drop',
      'sent',
      'bounce',
    );
    fc.assert(
      fc.property(fc.array(triggers, { maxLength: 200 }), (steps) => {
        let message: Message = storedMessage();
        for (const [index, trigger] of steps.entries()) {
          const before = message.history;
          const changes = changesOf(message, { trigger, cause: `event test ${index}` }, new Date(index));
          message = { ...message, ...changes };
          expect(message.history.slice(0, before.length)).toEqual(before);
          expect(message.history.length).toBe(before.length + (changes ? 1 : 0));
          if (changes) expect(message.history.at(-1)).toMatchObject({ state: message.state, cause: `event test ${index}` });
        }
      }),
    );
  });
});
