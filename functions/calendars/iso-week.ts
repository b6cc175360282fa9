import { addDays, isDate, weekday } from './dates.ts';

const WEEK = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/;

/** The week of a date as ISO 8601 has it, Monday to Sunday: `2026-W45`. It is of the year that its Thursday lies in. */
export function weekOf(date: string): string {
  const thursday = addDays(date, 4 - weekday(date));
  const year = thursday.slice(0, 4);
  const dayOfYear = (Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${year}-01-01T00:00:00Z`)) / 86_400_000;
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}

/** True for a week that exists. */
export function isWeek(text: string): boolean {
  return WEEK.test(text) && isDate(mondayOf(text)) && weekOf(mondayOf(text)) === text;
}

function mondayOf(week: string): string {
  const fourth = `${week.slice(0, 4)}-01-04`;
  return addDays(fourth, 1 - weekday(fourth) + 7 * (Number(week.slice(6)) - 1));
}
