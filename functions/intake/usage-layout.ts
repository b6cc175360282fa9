import { getObject } from '../aws/objects.ts';
import { isLayout, LAYOUTS } from '../documents/cdr/layouts.ts';

/** Says by which CDR layout an account's usage file is to be read. */
export type LayoutChoice = (bcn: string) => { readonly layout: string } | { readonly problem: string };

const FORMS = '{"layout": "carrierpost"} or {"default": "carrierpost", "<bcn>": "fcs-v3"} is expected';

/** Reads `usage/layout.json` of a period's folder. */
export async function readLayoutChoice(bucket: string, folder: string): Promise<LayoutChoice> {
  const content = await getObject(bucket, `${folder}layout.json`);
  return layoutChoice(content?.toString('utf8'));
}

/**
 * @param text the file's content; undefined when there is none
 */
export function layoutChoice(text: string | undefined): LayoutChoice {
  if (text === undefined) return () => ({ problem: `usage/layout.json is missing: ${FORMS}` });
  let choice: unknown;
  try {
    choice = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return () => ({ problem: `usage/layout.json is no JSON (${(error as Error).message.slice(0, 100)}): ${FORMS}` });
  }
  if (typeof choice !== 'object' || choice === null || Array.isArray(choice)) return () => ({ problem: `usage/layout.json: ${FORMS}` });
  const byName = new Map(Object.entries(choice));
  return (bcn) => chosen(byName.get(bcn) ?? byName.get('default') ?? byName.get('layout'), bcn);
}

function chosen(layout: unknown, bcn: string): ReturnType<LayoutChoice> {
  if (typeof layout === 'string' && isLayout(layout)) return { layout };
  const found = layout === undefined ? 'missing' : (JSON.stringify(layout)?.slice(0, 100) ?? 'nothing');
  return { problem: `usage/layout.json: the layout of ${bcn} is ${found}: one of ${Object.keys(LAYOUTS).join(', ')} is expected` };
}
