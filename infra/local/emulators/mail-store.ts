import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** One email as SES took it. */
export interface SentMail {
  readonly id: string;
  readonly at: string;
  readonly source: string;
  readonly destination: string;
  readonly configurationSet: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly bytes: number;
}

export interface PendingEvent {
  readonly number: number;
  readonly topicArn: string;
  readonly body: string;
}

/** Emails and the events still to be told about them; a kill after SES has answered 200 loses neither. */
export class MailStore {
  readonly #directory: string;
  readonly #db: DatabaseSync;
  readonly #statements: { mail: StatementSync; event: StatementSync; told: StatementSync };

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
    this.#db = new DatabaseSync(path.join(directory, 'mail.db'));
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    this.#db.exec(`CREATE TABLE IF NOT EXISTS mails (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, facts TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)`);
    this.#statements = {
      mail: this.#db.prepare('INSERT INTO mails (id, facts) VALUES (?, ?)'),
      event: this.#db.prepare('INSERT INTO events (topic, body) VALUES (?, ?)'),
      told: this.#db.prepare('DELETE FROM events WHERE number = ?'),
    };
  }

  /** Keeps the bytes and the pending events. */
  keep(mail: SentMail, raw: Buffer, events: readonly { topicArn: string; body: string }[]): void {
    writeFileSync(this.#fileOf(mail.id), raw);
    this.#db.exec('BEGIN');
    this.#statements.mail.run(mail.id, JSON.stringify(mail));
    for (const { topicArn, body } of events) this.#statements.event.run(topicArn, body);
    this.#db.exec('COMMIT');
  }

  count(): number {
    return Number(this.#db.prepare('SELECT count(*) AS total FROM mails').get()?.total ?? 0);
  }

  /** Mails in the order they were sent, after the one with this number. */
  list(after: number, limit: number): { number: number; mail: SentMail }[] {
    const rows = this.#db.prepare('SELECT number, facts FROM mails WHERE number > ? ORDER BY number LIMIT ?').all(after, limit);
    return rows.map(({ number, facts }) => ({ number: Number(number), mail: JSON.parse(String(facts)) as SentMail }));
  }

  raw(id: string): Buffer | undefined {
    const known = this.#db.prepare('SELECT 1 FROM mails WHERE id = ?').get(id);
    return known ? readFileSync(this.#fileOf(id)) : undefined;
  }

  pending(limit: number): PendingEvent[] {
    const rows = this.#db.prepare('SELECT number, topic, body FROM events ORDER BY number LIMIT ?').all(limit);
    return rows.map(({ number, topic, body }) => ({ number: Number(number), topicArn: String(topic), body: String(body) }));
  }

  pendingCount(): number {
    return Number(this.#db.prepare('SELECT count(*) AS total FROM events').get()?.total ?? 0);
  }

  told(number: number): void {
    this.#statements.told.run(number);
  }

  /** The last mail that the mailbox viewer has been shown. */
  shown(): number {
    return Number(this.#db.prepare("SELECT value FROM settings WHERE name = 'shown'").get()?.value ?? 0);
  }

  setShown(number: number): void {
    this.#db.prepare("INSERT OR REPLACE INTO settings (name, value) VALUES ('shown', ?)").run(String(number));
  }

  close(): void {
    this.#db.close();
  }

  #fileOf(id: string): string {
    const folder = path.join(this.#directory, 'raw', id.slice(-2));
    mkdirSync(folder, { recursive: true });
    return path.join(folder, `${id}.eml`);
  }
}
