import { footerItems, type Letterhead, runningHead } from './letterhead.ts';
import type { Item, Page } from './page.ts';

/** Every page with its head and foot; the first one with what stands above the flow. */
export function withFurniture(flow: readonly Item[][], letterhead: Letterhead, opening: readonly Item[], running: string): Page[] {
  return flow.map((items, i) => ({
    items: [...(i === 0 ? opening : runningHead(letterhead, running)), ...items, ...footerItems(letterhead, i + 1, flow.length)],
  }));
}
