import type { MaintenanceEvent } from '../../../functions/icalendar/maintenance.ts';

/** One window of one maintenance, as a contact of one customer gets it. */
export function maintenanceEvent(differing: Partial<MaintenanceEvent> = {}): MaintenanceEvent {
  return {
    uid: 'crq-1001-w1-o4711@carrier.example',
    sequence: 0,
    stamp: new Date('2026-11-02T09:00:00Z'),
    start: new Date('2026-11-17T23:00:00Z'),
    end: new Date('2026-11-18T03:00:00Z'),
    summary: 'CRQ-1001 confirmed: 18 Nov 2026, 00:00-04:00 CET',
    description: 'Replacement of a line card.\nTwo circuits are affected.',
    location: 'Frankfurt',
    organizer: { name: 'Planned works', email: 'planned-works@carrier.example' },
    attendee: { name: 'Network operations', email: 'noc@acme.example' },
    status: 'confirmed',
    provider: 'carrier.example',
    account: 'O4711',
    maintenanceId: 'CRQ-1001',
    objects: [
      { id: 'FRA/LON/IP-0001', impact: 'degraded' },
      { id: 'FRA/LON/IP-0002', impact: 'outage' },
    ],
    alarm: { minutesBefore: 60, text: 'Planned works begin in an hour' },
    url: 'https://carrier.example/works/CRQ-1001',
    ...differing,
  };
}

/** The same for a feed: nobody is named. */
export function feedEvent(differing: Partial<MaintenanceEvent> = {}): MaintenanceEvent {
  return maintenanceEvent({ attendee: undefined, ...differing });
}
