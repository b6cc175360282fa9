import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createTransport } from 'nodemailer';
import { WorkerCalls } from './emulators/calls.ts';
import { PortTaken } from './emulators/emulators.ts';
import { closeServer, listen } from './emulators/http.ts';
import type { SentMail } from './emulators/mail-store.ts';

/** The viewer holds the newest mails only, so that its memory does not grow; `mail export` has them all. */
const KEPT = 300;
const SHOW_EVERY_MILLISECONDS = 1000;

interface Parts {
  readonly directory: string;
  readonly smtpPort: number;
  readonly webPort: number;
  readonly mail: WorkerCalls;
  /** Showing waits while the cloud is at work. */
  readonly isBusy: () => boolean;
}

/** A mailbox in the browser (maildev), fed with what SES has sent. It is loaded when somebody opens its address: most never do. */
export class Mailbox {
  readonly #parts: Parts;
  #door: Server | undefined;
  #opening: Promise<void> | undefined;
  #viewer: WorkerCalls | undefined;
  #timer: NodeJS.Timeout | undefined;
  #showing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { webPort } = this.#parts;
    this.#door = await listen(webPort, (request, response) => this.#open(request, response)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EADDRINUSE' ? new PortTaken('mailbox', webPort) : error;
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#door) await closeServer(this.#door);
    await this.#opening?.catch(() => undefined);
    await this.#viewer?.stop();
  }

  /** The viewer takes the port over and whoever asked is told to ask again. */
  async #open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#opening ??= this.#load();
    await this.#opening;
    response.writeHead(307, { location: request.url, connection: 'close', 'cache-control': 'no-store' }).end();
  }

  async #load(): Promise<void> {
    const { directory, smtpPort, webPort } = this.#parts;
    this.#door?.close();
    const workerData = { smtp: smtpPort, web: webPort, directory: path.join(directory, 'mailbox'), keep: KEPT };
    const worker = new Worker(new URL('./mailbox.worker.ts', import.meta.url), { workerData, name: 'mailbox', stdout: true, stderr: true });
    const viewer = new WorkerCalls(worker);
    await new Promise<void>((resolve, reject) => {
      viewer.on('ready', () => resolve());
      worker.once('error', (error) => reject(/EADDRINUSE/.test(String(error)) ? new PortTaken('mailbox', webPort) : error));
    });
    this.#viewer = viewer;
    await this.#show();
    this.#timer = setInterval(() => void this.#show(), SHOW_EVERY_MILLISECONDS);
    this.#timer.unref();
  }

  async #show(): Promise<void> {
    if (this.#showing || this.#parts.isBusy()) return;
    this.#showing = true;
    try {
      await this.#showNewest();
    } catch {
      // The viewer is a convenience: what could not be shown now is shown the next time.
    } finally {
      this.#showing = false;
    }
  }

  async #showNewest(): Promise<void> {
    const { mail, smtpPort, isBusy } = this.#parts;
    const [total, shown] = await Promise.all([mail.call<number>('count'), mail.call<number>('shown')]);
    if (total <= shown) return;
    const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
    for (const { number, mail: sent } of await mail.call<{ number: number; mail: SentMail }[]>(
      'list',
      Math.max(shown, total - KEPT),
      KEPT,
    )) {
      if (isBusy()) break;
      const raw = await mail.call<Uint8Array>('raw', sent.id);
      await transport.sendMail({ envelope: { from: sent.source, to: sent.destination }, raw: Buffer.from(raw) });
      await mail.call('setShown', number);
    }
    transport.close();
  }
}
