/** Somebody who may sign in at the local identity provider. */
export interface LocalPerson {
  readonly subject: string;
  readonly name: string;
  /** What this person may do in the console, in the words of the sign-in page. */
  readonly may: string;
  readonly groups: readonly string[];
}

/** Invented people, enough to see every side of the console: two who act are needed where a second person has to agree. */
export const LOCAL_PEOPLE: readonly LocalPerson[] = [
  { subject: 'local-vera', name: 'Vera Lund', may: 'looks', groups: ['carrierpost-view'] },
  { subject: 'local-omar', name: 'Omar Reyes', may: 'looks and acts', groups: ['carrierpost-act'] },
  { subject: 'local-ines', name: 'Ines Falk', may: 'looks and acts', groups: ['carrierpost-view', 'carrierpost-act'] },
  { subject: 'local-noah', name: 'Noah Stone', may: 'is not of the billing team', groups: [] },
];
