import { buildTemplates } from '../../templates/build.ts';

/** The code that composes emails imports what this builds. */
export default async function setUp(): Promise<void> {
  await buildTemplates();
}
