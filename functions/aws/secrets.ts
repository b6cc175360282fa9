import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const KEPT_MILLISECONDS = 5 * 60 * 1000;

let client: SecretsManagerClient | undefined;
const kept = new Map<string, { value: string; until: number }>();

/** A secret's text, kept for five minutes of machine time so that a rotation is seen soon. */
export async function secret(id: string): Promise<string> {
  const known = kept.get(id);
  if (known && known.until > performance.now()) return known.value;
  client ??= new SecretsManagerClient({});
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  if (!SecretString) throw new Error(`The secret ${id} has no text value`);
  kept.set(id, { value: SecretString, until: performance.now() + KEPT_MILLISECONDS });
  return SecretString;
}

/** Replaces a secret's text; functions see it within five minutes. */
export async function putSecret(id: string, value: string): Promise<void> {
  client ??= new SecretsManagerClient({});
  await client.send(new PutSecretValueCommand({ SecretId: id, SecretString: value }));
  kept.delete(id);
}
