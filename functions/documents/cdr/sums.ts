import { type CallRecord, CHARGE_DECIMALS, fieldText } from './record.ts';

/** Calls of a class. `charge` is exact: the decimal string of the sum, with the decimals of the file's finest charge. */
export interface ClassSums {
  readonly calls: number;
  readonly seconds: number;
  readonly ratedSeconds: number;
  readonly charge: string;
}

interface Running {
  calls: number;
  seconds: number;
  ratedSeconds: number;
  /** Not yet carried into `exact`. */
  units: number;
  fraction: number;
  /** In 10^-9. */
  exact: bigint;
}

const SCALE = 10n ** BigInt(CHARGE_DECIMALS);

/** So many classes are no price list but a damaged column. */
export const MAX_CLASSES = 500;

/** After so many calls the running numbers, of at most nine digits each, are still exact. */
const CARRY_AFTER = 1_000_000;

/** Sums per class, exact however many calls there are. */
export class Sums {
  readonly #classes = new Map<string, Running>();
  #decimals = 0;

  /** Adds a call; false when it brings one class too many. */
  add(record: CallRecord): boolean {
    const sums = this.#of(fieldText(record, 'callClass'));
    if (!sums) return false;
    sums.calls++;
    sums.seconds += record.seconds;
    sums.ratedSeconds += record.ratedSeconds;
    sums.units += record.units;
    sums.fraction += record.fraction;
    if (record.decimals > this.#decimals) this.#decimals = record.decimals;
    if (sums.calls % CARRY_AFTER === 0) carry(sums);
    return true;
  }

  /** Per class, in the order of their names. */
  byClass(): Record<string, ClassSums> {
    const names = [...this.#classes.keys()].sort();
    return Object.fromEntries(names.map((name) => [name, this.#told([this.#classes.get(name) as Running])]));
  }

  total(): ClassSums {
    return this.#told([...this.#classes.values()]);
  }

  #of(name: string): Running | undefined {
    const known = this.#classes.get(name);
    if (known || this.#classes.size === MAX_CLASSES) return known;
    const added: Running = { calls: 0, seconds: 0, ratedSeconds: 0, units: 0, fraction: 0, exact: 0n };
    this.#classes.set(name, added);
    return added;
  }

  #told(classes: readonly Running[]): ClassSums {
    classes.forEach(carry);
    const sum = (of: (sums: Running) => number) => classes.reduce((total, sums) => total + of(sums), 0);
    return {
      calls: sum(({ calls }) => calls),
      seconds: sum(({ seconds }) => seconds),
      ratedSeconds: sum(({ ratedSeconds }) => ratedSeconds),
      charge: decimal(
        classes.reduce((total, { exact }) => total + exact, 0n),
        this.#decimals,
      ),
    };
  }
}

function carry(sums: Running): void {
  sums.exact += BigInt(sums.units) * SCALE + BigInt(sums.fraction);
  sums.units = 0;
  sums.fraction = 0;
}

function decimal(exact: bigint, decimals: number): string {
  const digits = (exact < 0n ? -exact : exact).toString().padStart(CHARGE_DECIMALS + 1, '0');
  const whole = digits.slice(0, -CHARGE_DECIMALS);
  const fraction = digits.slice(-CHARGE_DECIMALS, digits.length - CHARGE_DECIMALS + decimals);
  return `${exact < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${fraction}` : ''}`;
}
