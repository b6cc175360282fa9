import type { CalendarCode } from '../calendars.ts';
import type { Override } from '../override.ts';
import { overrides as chZh } from './ch-zh.ts';
import { overrides as de } from './de.ts';
import { overrides as deBy } from './de-by.ts';
import { overrides as deHe } from './de-he.ts';
import { overrides as es } from './es.ts';
import { overrides as fr } from './fr.ts';
import { overrides as gbEng } from './gb-eng.ts';
import { overrides as gbSct } from './gb-sct.ts';
import { overrides as hk } from './hk.ts';
import { overrides as ie } from './ie.ts';
import { overrides as india } from './in.ts';
import { overrides as it } from './it.ts';
import { overrides as jp } from './jp.ts';
import { overrides as kr } from './kr.ts';
import { overrides as nl } from './nl.ts';
import { overrides as se } from './se.ts';
import { overrides as sg } from './sg.ts';
import { overrides as us } from './us.ts';

/** What date-holidays gets wrong or does not know yet, per calendar. */
export const overrides: Readonly<Record<CalendarCode, readonly Override[]>> = {
  'GB-ENG': gbEng,
  'GB-SCT': gbSct,
  DE: de,
  'DE-BY': deBy,
  'DE-HE': deHe,
  FR: fr,
  IT: it,
  ES: es,
  'CH-ZH': chZh,
  NL: nl,
  IE: ie,
  SE: se,
  US: us,
  JP: jp,
  HK: hk,
  SG: sg,
  IN: india,
  KR: kr,
};
