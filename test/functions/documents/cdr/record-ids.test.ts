import { expect, test } from 'vitest';
import { RecordIds } from '../../../../functions/documents/cdr/record-ids.ts';

test('a million neighbouring ids are all new, and all known the second time', () => {
  const ids = new RecordIds();
  const bytes = Buffer.alloc(12);
  const addAll = () => {
    let added = 0;
    for (let index = 0; index < 1_000_000; index++) {
      bytes.write(`CDR-${String(index).padStart(8, '0')}`, 'latin1');
      if (ids.add(bytes, 0, bytes.length)) added++;
    }
    return added;
  };
  expect(addAll()).toBe(1_000_000);
  expect(addAll()).toBe(0);
});

test('the order of letters counts, and so does their number', () => {
  const ids = new RecordIds();
  const add = (id: string) => ids.add(Buffer.from(id), 0, id.length);
  expect(['ab', 'ba', 'a', 'b', 'aa', 'aaa', '\0', '\0\0'].map(add)).toEqual(Array(8).fill(true));
  expect(add('ba')).toBe(false);
});
