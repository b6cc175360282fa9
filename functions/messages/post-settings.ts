import { setting } from '../aws/environment.ts';
import { secret } from '../aws/secrets.ts';
import { parseTokenKeys, type TokenKeys } from '../tokens/token-keys.ts';

/** What the stage says about sending. */
export interface PostSettings {
  readonly publicOrigin: string;
  readonly linkKeys: TokenKeys;
  /** SES's rate for this account. */
  readonly sesRatePerSecond: number;
  readonly allowlist: string;
  /** Sender address by category, without a display name: that is the seller's. */
  readonly senders: Readonly<Record<'billing' | 'works', string>>;
  /** Where a mail with a token in its subject ends what the token names. */
  readonly unsubscribe: string;
}

/** Reads the stage's settings; the signing keys are looked up again every few minutes. */
export async function readPostSettings(now: Date): Promise<PostSettings> {
  return {
    publicOrigin: setting('PUBLIC_ORIGIN'),
    linkKeys: parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now),
    sesRatePerSecond: sesRate(),
    allowlist: setting('MAIL_ALLOWLIST'),
    senders: { billing: bareAddress(setting('MAIL_FROM_BILLING')), works: worksSender() },
    unsubscribe: bareAddress(setting('MAIL_UNSUBSCRIBE')),
  };
}

/** The address that works are announced from, and answered to. */
export function worksSender(): string {
  return bareAddress(setting('MAIL_FROM_WORKS'));
}

function sesRate(): number {
  const rate = Number(setting('SES_RATE_PER_SECOND'));
  if (!(rate > 0)) throw new Error('SES_RATE_PER_SECOND must be a number above 0');
  return rate;
}

/** `Name <address>` or `address`. */
function bareAddress(sender: string): string {
  return /<([^>]+)>/.exec(sender)?.[1] ?? sender.trim();
}
