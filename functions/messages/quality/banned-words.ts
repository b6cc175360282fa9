import type { Language } from '../../money/format.ts';

/** What no email of ours says, in lower case: it hurries, flatters, or says nothing. */
export const BANNED: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'click here',
    'act now',
    'dear customer',
    'valued customer',
    'we apologise for any inconvenience',
    'please be advised',
    'kindly',
    'asap',
    '!!',
  ],
  de: ['klicken sie hier', 'hier klicken', 'sehr geehrter kunde', 'jetzt handeln', 'etwaige unannehmlichkeiten', 'zeitnah', '!!'],
  fr: ['cliquez ici', 'cher client', 'agissez maintenant', 'pour tout désagrément', 'dans les meilleurs délais', '!!'],
};
