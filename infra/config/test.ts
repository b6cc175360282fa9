import { defineStage } from './stage.ts';

export const test = defineStage({
  stage: 'test',
  account: '111111111111',
  region: 'eu-central-1',
  keepsData: false,
  pages: {
    domain: 'post.test.carrier.example',
    certificateArn: 'arn:aws:acm:eu-central-1:111111111111:certificate/11111111-1111-4111-8111-111111111111',
    requestsPerSecond: 20,
  },
  documentsApi: { issuer: 'https://login.test.carrier.example', audience: 'carrierpost' },
  console: {
    domain: 'billing.test.carrier.example',
    certificateArn: 'arn:aws:acm:eu-central-1:111111111111:certificate/33333333-3333-4333-8333-333333333333',
    issuer: 'https://login.test.carrier.example',
    clientId: 'carrierpost-console',
    roles: { view: 'carrierpost-view', act: 'carrierpost-act' },
    secondPerson: { accounts: 20, emails: 20 },
  },
  mail: {
    domain: 'mail.test.carrier.example',
    billing: 'billing@mail.test.carrier.example',
    works: 'planned-works@mail.test.carrier.example',
    unsubscribe: 'unsubscribe@mail.test.carrier.example',
    ratePerSecond: 1,
    allowlist: ['@carrier.example', '@simulator.amazonses.com'],
  },
  works: { recipientLimit: 20 },
  alarms: {
    emails: ['carrierpost-developers@carrier.example'],
    runbook: 'https://code.carrier.example/carrierpost/blob/main/docs/runbook.md',
  },
  logRetentionDays: 14,
  concurrency: { prepare: 10, render: 20, deliver: 5, mail: 5 },
});
