import type { AppliedRate, Components } from '../../src/core/pricing/charge.ts';
import type { CallPart } from '../../src/core/query.ts';

export type TokenClass = Exclude<keyof Components, 'fees'>;
const tokenClasses = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'] as const;

/** One line of a call's arithmetic: `tokens × perMillion × factors = pico`. */
export interface Line {
  readonly name: TokenClass;
  readonly tokens: number;
  /** USD per million tokens before factors; null when unpriced. */
  readonly perMillion: number | null;
  /** Pico-dollars, as the ledger has them. */
  readonly pico: bigint | null;
}

/** The classes a part used. A class without tokens has no line. */
export function linesOf(part: CallPart): Line[] {
  return tokenClasses
    .filter((name) => part.tokens[name] > 0)
    .map((name) => ({
      name,
      tokens: part.tokens[name],
      perMillion: part.rate === null ? null : part.rate.perToken[name] / 1e6,
      pico: part.components === null ? null : BigInt(part.components[name]),
    }));
}

/** Web searches of a part: what was paid and, where the fee divides into whole searches, how many they were. */
export function feesOf(
  part: CallPart,
): { readonly pico: bigint; readonly searches: number | null; readonly each: number } | null {
  if (part.components === null || part.rate === null) return null;
  const pico = BigInt(part.components.fees);
  if (pico === 0n) return null;
  const per = BigInt(Math.round(part.rate.perSearch));
  return {
    pico,
    searches: per > 0n && pico % per === 0n ? Number(pico / per) : null,
    each: part.rate.perSearch / 1e12,
  };
}

export function sumOf(part: CallPart): bigint | null {
  if (part.components === null) return null;
  return Object.values(part.components).reduce((sum, pico) => sum + BigInt(pico), 0n);
}

/** `× 1.1 US residency`, one per factor. A factor is an exact fraction; people read it as a decimal. */
export function factorsOf(rate: AppliedRate): { readonly name: string; readonly times: number }[] {
  return rate.factors.map(({ name, num, den }) => ({ name, times: den === 0 ? 1 : num / den }));
}
