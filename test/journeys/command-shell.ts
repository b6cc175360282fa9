import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Ran } from './local-cloud.ts';

const WORKER = join(import.meta.dirname, 'commands.worker.ts');

/** Runs commands in one process, which is started with the first of them. */
export class CommandShell {
  readonly #waiting = new Map<number, { done: (ran: Ran) => void; failed: (error: Error) => void }>();
  #child: ChildProcess | undefined;
  #asked = 0;

  /** Runs a command to its end, whatever the end is. */
  run(args: readonly string[]): Promise<Ran> {
    this.#child ??= this.#start();
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed });
      this.#child?.stdin?.write(`${JSON.stringify({ id, args })}\n`);
    });
  }

  /** Whatever still runs has its end first. */
  end(): void {
    this.#child?.stdin?.end();
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const child = spawn(process.execPath, [WORKER], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const { id, ran } = JSON.parse(line) as { id: number; ran: Ran };
      this.#waiting.get(id)?.done(ran);
      this.#waiting.delete(id);
    });
    child.on('exit', (code) => {
      for (const { failed } of this.#waiting.values()) failed(new Error(`The process that runs commands ended with ${code}`));
      this.#waiting.clear();
    });
    return child;
  }
}
