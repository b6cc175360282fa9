import type { Person } from '../billing/brake.ts';
import type { Who } from './approval.ts';

/**
 * Who does something, as the capabilities keep it.
 * @param second who approved it, where it takes two
 */
export function doerOf({ name }: Who, reason: string, second?: Who): Person {
  return { by: second ? `${name}, approved by ${second.name}` : name, reason };
}
