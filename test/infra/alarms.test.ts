import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { physicalName, QUEUES } from '../../functions/aws/resources.ts';
import { FUNCTIONS } from '../../infra/functions.ts';
import { resourcesOfType, textAt } from './assembly.ts';

const STAGE = 'production';
const LINK = /docs\/runbook\.md#([a-z-]+)$/;

/** The sections of the runbook by their headings' links. */
const runbook = sectionsOf(readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8'));
const alarms = resourcesOfType(STAGE, 'AWS::CloudWatch::Alarm').map(({ properties }) => ({
  name: textAt(properties, 'AlarmName').slice(physicalName(STAGE, '').length),
  properties,
  heading: LINK.exec(textAt(properties, 'AlarmDescription'))?.[1] ?? 'none',
}));

describe('every alarm', () => {
  test.each(alarms)('$name tells what to do, under its heading of the runbook', ({ heading }) => {
    const section = runbook.get(heading) ?? '';
    for (const part of ['**Description.**', '**Investigation.**', '**Resolution.**']) expect(section).toContain(part);
  });

  test('goes to the one topic of the stage, and is silent when there is nothing to measure', () => {
    for (const { properties } of alarms) {
      expect(textAt(properties, 'AlarmActions')).toContain(`:${physicalName(STAGE, 'alarms')}"`);
      expect(properties.TreatMissingData).toBe('notBreaching');
    }
  });

  test('fits into what CloudWatch allows', () => {
    for (const { properties } of alarms) expect(textAt(properties, 'AlarmDescription').length).toBeLessThan(1024);
  });
});

test('nothing of the runbook is about an alarm that does not exist', () => {
  const about = [...runbook].filter(([, section]) => section.includes('**Description.**')).map(([heading]) => heading);
  expect(about.filter((heading) => !alarms.some((alarm) => alarm.heading === heading))).toEqual([]);
});

test.each(QUEUES)('%s rings when messages are given up, and when one waits too long', (queue) => {
  const short = queue.replace('.fifo', '');
  const metricOf = (name: string) => alarms.find((alarm) => alarm.name === `${short}-${name}`)?.properties.MetricName;
  expect(metricOf('dead-letters')).toBe('ApproximateNumberOfMessagesVisible');
  expect(metricOf('oldest-message')).toBe('ApproximateAgeOfOldestMessage');
});

test.each(Object.keys(FUNCTIONS))('%s rings when it fails', (name) => {
  expect(alarms.find((alarm) => alarm.name === `${name}-errors`)?.properties.MetricName).toBe('Errors');
});

test.each([
  ['late-publication', 'LatePublication'],
  ['run-awaiting-release', 'RunAwaitingRelease'],
  ['not-delivered', 'NotDelivered'],
  ['no-reachable-contact', 'NoReachableContact'],
])('%s rings at the first one that the functions count', (name, metric) => {
  const alarm = alarms.find((candidate) => candidate.name === name)?.properties;
  expect(alarm).toMatchObject({ Namespace: 'carrierpost', MetricName: metric, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold' });
  expect(alarm?.Dimensions).toEqual([{ Name: 'service', Value: 'carrierpost' }]);
});

test('SES is watched below the rates at which it reviews an account', () => {
  const threshold = (name: string) => Number(alarms.find((alarm) => alarm.name === name)?.properties.Threshold);
  expect(threshold('ses-bounce-rate')).toBeLessThan(0.05);
  expect(threshold('ses-complaint-rate')).toBeLessThan(0.001);
});

function sectionsOf(markdown: string): Map<string, string> {
  const parts = markdown.split(/^#{2,4} (.+)$/m).slice(1);
  const sections = new Map<string, string>();
  for (let at = 0; at < parts.length; at += 2) sections.set((parts[at] ?? '').toLowerCase().replaceAll(' ', '-'), parts[at + 1] ?? '');
  return sections;
}
