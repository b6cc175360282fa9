import { defineStage } from './stage.ts';

/** The local cloud: nothing of this leaves the machine, so every address may be written to. It sets its own PUBLIC_ORIGIN. */
export const local = defineStage({
  stage: 'local',
  account: '000000000000',
  region: 'eu-central-1',
  keepsData: false,
  pages: { domain: 'localhost.example', requestsPerSecond: 200 },
  documentsApi: { issuer: 'https://login.localhost.example', audience: 'carrierpost' },
  console: {
    domain: 'console.localhost.example',
    issuer: 'https://login.localhost.example',
    clientId: 'carrierpost-console',
    roles: { view: 'carrierpost-view', act: 'carrierpost-act' },
    secondPerson: { accounts: 20, emails: 20 },
  },
  mail: {
    domain: 'carrier.example',
    billing: 'billing@carrier.example',
    works: 'planned-works@carrier.example',
    unsubscribe: 'unsubscribe@carrier.example',
    ratePerSecond: 500,
    allowlist: ['*'],
  },
  works: { recipientLimit: 500 },
  alarms: { emails: [], runbook: 'https://code.carrier.example/carrierpost/blob/main/docs/runbook.md' },
  logRetentionDays: 14,
  concurrency: { prepare: 2, render: 2, deliver: 2, mail: 2 },
});
