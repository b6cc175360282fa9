import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { logger } from '../aws/log.ts';
import { bodyDoor } from '../aws/queue-door.ts';
import { secret } from '../aws/secrets.ts';
import { readInboundMail } from '../inbound-mail/inbound-mail.ts';
import { readReceipt } from '../inbound-mail/receipt.ts';
import { storedMail } from '../inbound-mail/stored-mail.ts';
import { unsubscribeGrant } from '../messages/links.ts';
import { parseTokenKeys } from '../tokens/token-keys.ts';
import { tokenOfMail } from './unsubscribe-mail.ts';
import { choose, isWayOut } from './way-out.ts';

/** The queue `unsubscribe-mails`: mails whose token ends a category. Mails without one are rubbish, or for nobody. */
export const handler = bodyDoor(async (body) => {
  const receipt = readReceipt(body);
  if (!receipt) return;
  const token = tokenOfMail(await readInboundMail(await storedMail(receipt)));
  const keys = parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());
  const grant = token === undefined ? undefined : unsubscribeGrant(token, keys);
  if (!grant || !isWayOut(grant)) return logger.info('A mail to the unsubscribe mailbox has no token of ours', { key: receipt.key });
  await choose(grant, 'off', 'mail', now(), receipt.receivedAt);
});
