import { expect, test } from 'vitest';
import { Patience } from '../../../infra/local/runtime/patience.ts';

const LONG = 60_000;

test('a copy that comes free is for whoever has waited longest', async () => {
  const patience = new Patience(LONG);
  const order: string[] = [];
  const [first, second] = ['first', 'second'].map((name) => patience.wait().then(() => order.push(name)));
  patience.wake();
  await first;
  expect(order).toEqual(['first']);
  patience.wake();
  await second;
  expect(patience.isOver()).toBe(false);
});

test('waits add up until the patience is over; another copy renews it', async () => {
  const patience = new Patience(20);
  while (!patience.isOver()) await patience.wait();
  patience.renew();
  expect(patience.isOver()).toBe(false);
});

test('a hasty cloud waits for nothing', () => {
  expect(new Patience(0).isOver()).toBe(true);
});
