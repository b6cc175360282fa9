import { expect, test } from 'vitest';
import { expression, joined } from '../../../functions/aws/expression.ts';

test('names and values are lifted out of the sentence', () => {
  const { text, names, values } = expression`SET #state = ${'claimed'} ADD #attempts ${1}`;
  expect(names).toEqual({ '#state': 'state', '#attempts': 'attempts' });
  expect(Object.values(values)).toEqual(['claimed', 1]);
  expect(text).toMatch(/^SET #state = :v\d+ ADD #attempts :v\d+$/);
  for (const token of Object.keys(values)) expect(text).toContain(token);
});

test('an expression inside an expression keeps its names and values', () => {
  const inner = expression`#revision < ${3}`;
  const outer = expression`attribute_not_exists(#pk) OR (${inner})`;
  expect(outer.text).toContain(`(${inner.text})`);
  expect(outer.names).toEqual({ '#pk': 'pk', '#revision': 'revision' });
  expect(outer.values).toEqual(inner.values);
});

test('joined expressions never share a value token', () => {
  const all = joined([expression`#a = ${1}`, expression`#b = ${2}`], ', ');
  expect(Object.values(all.values)).toEqual([1, 2]);
  expect(all.text).toMatch(/^#a = :v\d+, #b = :v\d+$/);
});
