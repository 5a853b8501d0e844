import { Random as Dice } from '#engine/testing/simulation/random.ts';

/** A repeatable source of chance: the same seed gives the same sequence on every machine. */
export class Random extends Dice {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  override pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error('Nothing to pick from.');
    return one;
  }
}
