import { now } from '../aws/clock.ts';
import { bodyDoor } from '../aws/queue-door.ts';
import { followUp } from './follow-up.ts';
import { readSesReport } from './ses-event.ts';

/** What SES tells about sent mail. */
export const handler = bodyDoor(async (body) => {
  const report = readSesReport(body);
  if (report) await followUp(report, now());
});
