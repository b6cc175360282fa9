import { expect, test } from 'vitest';
import type { NumberRange } from '../../../../functions/directory/records.ts';
import { languageOf } from '../../../../functions/documents/languages/languages.ts';
import { layoutNumbers } from '../../../../functions/documents/layout/number-pages.ts';
import { buildUnl } from '../../../../functions/documents/unl.ts';
import { account, SELLERS } from '../samples.ts';

const range = (last: number, over: Partial<NumberRange> = {}): NumberRange => ({
  bcn: 'B4711',
  from: `+44161496${String(last).padStart(4, '0')}`,
  country: 'GB',
  type: 'geographic',
  status: 'active',
  assignedOn: '2024-01-01',
  ...over,
});

/** The texts of each page, in the order they were laid out. */
const pagesOf = (ranges: readonly NumberRange[]): string[][] =>
  layoutNumbers(buildUnl(account(), ranges, '2026-10'), SELLERS.GB, languageOf('en')).pages.map(({ items }) =>
    items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])),
  );

const HOME = '1 High Street, Leeds';

test('an address stands once above the neighbours that share it', () => {
  const [page = []] = pagesOf([
    range(0, { address: HOME }),
    range(1, { address: HOME, portedIn: '2025-06-12' }),
    range(2, { address: '2 Low Road, York' }),
    range(3, { status: 'ceased', endedOn: '2026-10-12' }),
  ]);
  expect(page.filter((text) => /^(\+441614|1 High|2 Low|No address|Ported in)/.test(text))).toEqual([
    HOME,
    '+441614960000',
    '+441614960001',
    'Ported in 12 Jun 2025',
    '2 Low Road, York',
    '+441614960002',
    'No address',
    '+441614960003',
  ]);
});

test('a page that begins among neighbours tells their address again', () => {
  const pages = pagesOf(Array.from({ length: 200 }, (_, i) => range(i, { address: HOME })));
  expect(pages.length).toBeGreaterThan(2);
  for (const page of pages) expect(page.filter((text) => text === HOME)).toHaveLength(1);
});

test('a list without addresses says nothing of them', () => {
  const [page = []] = pagesOf([range(0), range(1)]);
  expect(page).not.toContain('No address');
});
