import { expect, test } from 'vitest';
import { search } from '../../../functions/console/search-page.ts';
import { worksListPage } from '../../../functions/console/works-list-page.ts';
import { releaseHeldWorks, worksPage } from '../../../functions/console/works-page.ts';
import { getWorks } from '../../../functions/planned-works/works-store.ts';
import { anna, publish, useDesk, workOff, worksId } from '../planned-works/desk.ts';
import { OCN } from '../planned-works/plan-of.ts';
import { ACTOR, asked, form, markupOf, textOf, VIEWER } from './asked.ts';

useDesk();

const page = (person = ACTOR) => worksPage(asked({ parameters: { worksId }, person }));

test('works are found, listed, and shown with who was invited', async () => {
  await publish();
  expect(await search(asked(), form({ for: worksId }))).toMatchObject({ to: `/works/${worksId}` });
  expect(textOf(await worksListPage(asked()))).toContain(`${worksId} Router software upgrade confirmed 2026-11-17 23:00 UTC`);
  expect(textOf(await page())).toContain(`${OCN} all accounts 1 ${anna.contactId} ${anna.email} invited, number 0 sent`);
});

test('held works wait in a list of their own, and go out by a named person', async () => {
  await publish({ noticeDays: 15 });
  expect(textOf(await worksListPage(asked({ query: { show: 'held' } })))).toContain(worksId);
  expect(textOf(await worksListPage(asked()))).not.toContain(worksId);
  expect(textOf(await page())).toContain('15 working days (DE) of notice are agreed');
  expect(markupOf(await page(VIEWER))).not.toContain('<form');
  expect(markupOf(await page())).toContain(`action="/works/${worksId}/release"`);
  await releaseHeldWorks(asked({ parameters: { worksId } }), form({ reason: 'agreed by telephone' }));
  await workOff();
  expect((await getWorks(worksId))?.releases).toMatchObject([{ by: ACTOR.name, reason: 'agreed by telephone' }]);
  expect(textOf(await worksListPage(asked({ query: { show: 'held' } })))).not.toContain(worksId);
  expect(textOf(await page())).toContain('invited, number 0 sent');
  await expect(releaseHeldWorks(asked({ parameters: { worksId } }), form({ reason: 'again' }))).rejects.toThrow('are not held');
});
