import { defineStage } from './stage.ts';

export const production = defineStage({
  stage: 'production',
  account: '222222222222',
  region: 'eu-central-1',
  keepsData: true,
  pages: {
    domain: 'post.carrier.example',
    certificateArn: 'arn:aws:acm:eu-central-1:222222222222:certificate/22222222-2222-4222-8222-222222222222',
    requestsPerSecond: 200,
  },
  documentsApi: { issuer: 'https://login.carrier.example', audience: 'carrierpost' },
  console: {
    domain: 'billing.carrier.example',
    certificateArn: 'arn:aws:acm:eu-central-1:222222222222:certificate/44444444-4444-4444-8444-444444444444',
    issuer: 'https://login.carrier.example',
    clientId: 'carrierpost-console',
    roles: { view: 'carrierpost-view', act: 'carrierpost-act' },
    secondPerson: { accounts: 200, emails: 500 },
  },
  mail: {
    domain: 'mail.carrier.example',
    billing: 'billing@mail.carrier.example',
    works: 'planned-works@mail.carrier.example',
    unsubscribe: 'unsubscribe@mail.carrier.example',
    ratePerSecond: 50,
    allowlist: ['*'],
  },
  works: { recipientLimit: 5000 },
  alarms: {
    emails: ['carrierpost-on-call@carrier.example'],
    runbook: 'https://code.carrier.example/carrierpost/blob/main/docs/runbook.md',
  },
  logRetentionDays: 400,
  concurrency: { prepare: 50, render: 200, deliver: 20, mail: 20 },
});
