import { worksPage } from '../planned-works/works-lists.ts';
import type { WorksState } from '../planned-works/works-store.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { asked, paths } from './links.ts';
import { type Column, moves, table, tabs } from './table.ts';
import { link, when } from './words.ts';

const PARTS = { all: 'Out, or on their way', held: 'Waiting for a person' } as const;

/** `GET /works`: planned works, those that begin last first. */
export async function worksListPage({ query: { after, show } }: ConsoleRequest): Promise<ConsolePage> {
  const part = show === 'held' ? 'held' : 'all';
  const { rows, next } = await worksPage(part === 'held', after);
  const columns: Column<WorksState>[] = [
    { head: 'Works', cell: ({ works }) => link(paths.works(works.worksId), works.worksId) },
    { head: 'Title', cell: ({ works }) => works.title },
    { head: 'Status', cell: ({ works }) => `${works.class === 'emergency' ? 'emergency, ' : ''}${works.status}` },
    { head: 'Begins', cell: ({ works }) => when(works.windows.map(({ start }) => start).sort()[0]) },
    { head: 'Waits because', cell: ({ hold }) => hold?.reason ?? '' },
  ];
  const list = table('Planned works', columns, rows, part === 'held' ? 'No works wait for a person.' : 'No works have come.');
  const path = (query: { show?: string | undefined; after?: string | undefined }) => `/works${asked(query)}`;
  const ofPart = (name: keyof typeof PARTS) => (name === 'held' ? name : undefined);
  const body = [
    tabs(PARTS, part, (name) => path({ show: ofPart(name) })),
    list,
    moves((cursor) => path({ show: ofPart(part), after: cursor }), after, next),
  ];
  return { title: 'Planned works', body };
}
