/** One correction to the computed holidays of a calendar; `source` says who published it. */
export interface Override {
  readonly change: 'add' | 'remove';
  readonly date: string;
  readonly name: string;
  readonly source: string;
}
