import { createChance } from '../demo/chance.mjs';

/** Random whole numbers below `n`, the same for the same seed. */
export function seeded(seed: number): (n: number) => number {
  const { next } = createChance(seed);
  return (n) => Math.floor(next() * n);
}
