import { benchCdr } from './cdr.ts';
import { benchConsole } from './console.ts';
import { benchInvitations } from './invitations.ts';
import { playMonthEnd } from './month-end.ts';
import { benchPdf } from './pdf.ts';
import { playWorks } from './works.ts';

/** `npm run bench [pdf|cdr|works|console|month-end]`: medians and ratios of one interleaved run; a ratio is compared, a time is only told. */
const BENCHES: Record<string, () => Promise<readonly object[]>> = {
  pdf: async () => benchPdf(),
  cdr: async () => benchCdr(),
  works: benchWorks,
  console: benchConsole,
  'month-end': benchMonthEnd,
};

/** Invitations built in memory, then ten thousand of them through the local cloud. */
async function benchWorks(): Promise<readonly object[]> {
  console.table(await benchInvitations());
  return [await playWorks(200)];
}

async function benchMonthEnd(): Promise<readonly object[]> {
  const small = await playMonthEnd(1_000);
  const large = await playMonthEnd(10_000);
  return [small, { ...large, memoryRatio: Number((large.peakMegabytes / small.peakMegabytes).toFixed(2)) }];
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  console.table(await bench());
}
