import type { Rules } from './candidate.ts';

/** What goes along. Nobody may let these through: another file might be somebody else's. */
export const ATTACHMENTS: Rules = {
  'every attachment is the recorded document': ({ mail: { attachments }, sha256 }) =>
    attachments.filter(({ key, sha256: recorded }) => sha256.get(key) !== recorded).map(({ filename }) => filename),
};
