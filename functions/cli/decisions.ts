import { PermanentError } from '../events/failure.ts';
import type { Recorded } from '../preferences/decisions.ts';
import { settingOf } from '../preferences/named-setting.ts';
import type { Setting, SettingChange } from '../preferences/preference.ts';
import { Failed, print, printJson, printTable, UsageError } from './output.ts';

/** Reads a setting of the command line; what is wrong with it is wrong with the command. */
export function settingAsked(name: string, value: string, bcn: string | undefined): Setting {
  try {
    return settingOf(name, value, bcn);
  } catch (error) {
    if (error instanceof PermanentError) throw new UsageError(error.message);
    throw error;
  }
}

/** Waits for a decision; what the rules do not allow did not work. */
export async function recorded(act: Promise<Recorded>): Promise<Recorded> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof PermanentError) throw new Failed(error.message);
    throw error;
  }
}

/** `is off now`, or what else became of a decision. */
export function outcomeOf({ stands, verdict, stored }: Recorded): string {
  if (stands && verdict !== 'changes') return `is ${stored.value} already`;
  return stands ? `is ${stored.value} now` : `stays ${stored.value}, as was decided later, at ${stored.at}`;
}

/** @param nothing what to say when nothing was decided */
export function printDecisions(history: readonly SettingChange[], nothing: string, json: boolean): void {
  const rows = history.map(({ at, setting, value, before, by, how }) => ({ at, setting, value, before: before ?? null, by, how }));
  if (json) printJson(rows);
  else if (rows.length === 0) print(nothing);
  else {
    printTable(
      ['at', 'setting', 'value', 'before', 'by', 'how'],
      rows.map(({ at, setting, value, before, by, how }) => [at, setting, value, before ?? '', by, how]),
    );
  }
}
