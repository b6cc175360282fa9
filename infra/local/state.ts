import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A data folder that another local cloud is using. */
export class FolderInUse extends Error {}

interface Owner {
  readonly pid: number;
  /** When that process began, so that another program with the same number is not taken for it. */
  readonly began: string | undefined;
}

/** The small files of a data folder: each is replaced as a whole or not at all. */
export class StateFolder {
  readonly path: string;

  constructor(directory: string) {
    this.path = path.resolve(directory);
    mkdirSync(this.path, { recursive: true });
  }

  read<T>(name: string): T | undefined {
    const file = this.fileOf(name);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
  }

  write(name: string, value: unknown): void {
    const fresh = this.fileOf(`${name}.new`);
    writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(fresh, this.fileOf(name));
  }

  rename(from: string, to: string): void {
    renameSync(this.fileOf(from), this.fileOf(to));
  }

  remove(name: string): void {
    rmSync(this.fileOf(name), { force: true });
  }

  fileOf(name: string): string {
    return path.join(this.path, name);
  }

  /**
   * Takes the folder for this process.
   * @throws FolderInUse when a living process has it
   */
  own(): void {
    const owner = this.read<Owner>('owner.json');
    if (owner && owner.pid !== process.pid && isAlive(owner)) {
      throw new FolderInUse(`A local cloud is already running in ${this.path} (process ${owner.pid})`);
    }
    this.write('owner.json', { pid: process.pid, began: beganOf(process.pid) } satisfies Owner);
  }
}

function isAlive({ pid, began }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return began === undefined || began === beganOf(pid);
}

/** When a process began, in the kernel's ticks; undefined where there is no /proc. */
function beganOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .at(19);
  } catch {
    return undefined;
  }
}
