import type { Charge, Pico } from '../../src/core/pricing/charge.ts';

/** The whole call's cost; null as soon as any part has none. */
export function costOf(charge: Charge): Pico | null {
  return charge.parts.reduce<Pico | null>(
    (total, p) => (total === null || p.cost === null ? null : total + p.cost),
    0n,
  );
}
