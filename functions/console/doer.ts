import type { Person } from '../audit/human-act.ts';
import type { Who } from './approval.ts';

/**
 * Who does something, as the capabilities keep it.
 * @param second who approved it, where it takes two
 */
export function doerOf({ name, subject }: Who, reason: string, second?: Who): Person {
  return { by: name, reason, identity: subject, approvedBy: second?.name };
}
