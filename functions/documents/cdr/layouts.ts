import { carrierpost } from './carrierpost.ts';
import { fcsV3 } from './fcs-v3.ts';
import type { Layout } from './layout.ts';

/** Every layout that usage files may come in, by the name that `usage/layout.json` gives it. */
export const LAYOUTS = { 'fcs-v3': fcsV3, carrierpost } as const satisfies Record<string, Layout>;

export type LayoutName = keyof typeof LAYOUTS;

/** True for a name of the table. */
export function isLayout(name: string): name is LayoutName {
  return Object.hasOwn(LAYOUTS, name);
}
