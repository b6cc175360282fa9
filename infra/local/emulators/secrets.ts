import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { bodyOf, closeServer, listen, portOf } from './http.ts';

/** How a template asks for a generated value (AWS::SecretsManager::Secret GenerateSecretString). */
export interface SecretRecipe {
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
}

const KEY_BYTES = 32;

/** Secrets Manager over one file: GetSecretValue, and values made once and kept. */
export class Secrets {
  readonly #file: string;
  #values: Record<string, string>;

  constructor(file: string) {
    this.#file = file;
    this.#values = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  }

  /**
   * Makes the secret's value unless there is one. What carrierpost keeps there is a ring of keys:
   * `{"current": "k1", "keys": {"k1": "<base64, 32 bytes>"}}`; other fields of the recipe's template stay.
   */
  ensure(id: string, recipe: SecretRecipe = {}): void {
    if (this.#values[id]) return;
    const template = JSON.parse(recipe.SecretStringTemplate ?? '{}') as Record<string, unknown>;
    const current = typeof template.current === 'string' ? template.current : 'k1';
    const value = { ...template, current, keys: { [current]: randomBytes(KEY_BYTES).toString('base64') } };
    this.set(id, JSON.stringify(value));
  }

  set(id: string, value: string): void {
    this.#values = { ...this.#values, [id]: value };
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#values, null, 2), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** By name or ARN (whose last part is the name and six characters). */
  find(id: string): string | undefined {
    const name = id.startsWith('arn:') ? (id.split(':secret:')[1] ?? id) : id;
    return this.#values[id] ?? this.#values[name] ?? this.#values[name.replace(/-[A-Za-z0-9]{6}$/, '')];
  }
}

/** The HTTP endpoint; it also lets a test turn the ring of keys by PutSecretValue. */
export async function startSecrets(secrets: Secrets, port: number): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = await listen(port, async (request, response) => {
    const action = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const input = JSON.parse((await bodyOf(request)).toString()) as { SecretId: string; SecretString?: string };
    const found = secrets.find(input.SecretId);
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    if (action === 'PutSecretValue' && input.SecretString) {
      secrets.set(input.SecretId, input.SecretString);
      answer(200, { Name: input.SecretId, VersionId: randomUUID() });
    } else if (action !== 'GetSecretValue') {
      answer(400, { __type: 'InvalidRequestException', message: `The local Secrets Manager does not do ${action}` });
    } else if (found === undefined) {
      answer(400, { __type: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret." });
    } else {
      answer(200, { Name: input.SecretId, SecretString: found, VersionId: 'local', VersionStages: ['AWSCURRENT'] });
    }
  });
  return { port: portOf(server), stop: () => closeServer(server) };
}
