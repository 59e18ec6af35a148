import type { BilledPart, UsageEvent } from '../usage.ts';

/** Integer pico-dollars (10⁻¹² USD): exact under stacked modifiers where nano-dollars are not. */
export type Pico = bigint;

/** One figure per billed class, plus `fees` (web searches), which no factor touches. */
export interface Components {
  readonly input: Pico;
  readonly cacheRead: Pico;
  readonly cacheWrite5m: Pico;
  readonly cacheWrite1h: Pico;
  readonly output: Pico;
  readonly fees: Pico;
}

/** The rates one charge was made with; kept in the ledger under its id so that the number can be explained for ever. */
export interface AppliedRate {
  /** Unique by content, e.g. `anthropic/claude-opus-5-5@2026-09-01>0*us`. */
  readonly id: string;
  readonly provider: string;
  /** The normalised model id that matched. */
  readonly model: string;
  /** Pico-dollars per token, before factors. Equals USD per million tokens × 10⁶. */
  readonly perToken: Readonly<Record<'input' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h' | 'output', number>>;
  /** Pico-dollars per web search. */
  readonly perSearch: number;
  /** What multiplied the token costs, as exact fractions, e.g. US residency 11/10. */
  readonly factors: readonly { readonly name: string; readonly num: number; readonly den: number }[];
  /** Set when the whole request moved to long-context rates: the prompt was above this many tokens. */
  readonly longContextAbove: number | null;
  /** In force from this day (ISO date), null when the table knows no start. */
  readonly from: string | null;
  /** Where the rate was read, and when. */
  readonly source: string;
  readonly sourceDate: string;
}

export interface ChargedPart extends BilledPart {
  /** Null when no rate is known: the part is unpriced, which is not $0. */
  readonly rate: AppliedRate | null;
  readonly components: Components | null;
  readonly cost: Pico | null;
}

/** An event with its price at its own instant. */
export interface Charge {
  readonly event: UsageEvent;
  readonly parts: readonly ChargedPart[];
}
