import { expect, test } from 'vitest';
import { FONT_FILES } from '../../functions/documents/fonts.ts';
import { FUNCTIONS } from '../../infra/functions.ts';

test.each(['prepare', 'render'] as const)('%s carries the fonts that documents are set in, and no other file', (name) => {
  const fonts = Object.values(FONT_FILES).map((file) => `node_modules/${file}`);
  expect([...FUNCTIONS[name].files].sort()).toEqual(fonts.sort());
});
