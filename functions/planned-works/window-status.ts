import type { MaintenanceStatus } from '../icalendar/maintenance.ts';
import type { PlannedWorks } from './works.ts';

type Windowed = Pick<PlannedWorks, 'status' | 'windows'>;

/**
 * What a window's status is, of what the works and the window itself say. Cancelled and completed win from either side; who says tentative of
 * one of them means it. Works in process that do not name the window have begun their earliest one.
 */
export function statusOf(works: Windowed, windowId: string): MaintenanceStatus {
  const window = works.windows.find((one) => one.windowId === windowId);
  const said: readonly (MaintenanceStatus | undefined)[] = [works.status, window?.status];
  if (window === undefined || said.includes('cancelled')) return 'cancelled';
  if (said.includes('completed')) return 'completed';
  if (window.status === 'in-process' || (works.status === 'in-process' && hasBegun(works, windowId))) return 'in-process';
  return said.includes('tentative') ? 'tentative' : 'confirmed';
}

function hasBegun({ windows }: Windowed, windowId: string): boolean {
  if (windows.some(({ status }) => status === 'in-process')) return false;
  const open = windows.filter(({ status }) => status !== 'completed' && status !== 'cancelled');
  const [earliest] = open.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  return earliest?.windowId === windowId;
}
