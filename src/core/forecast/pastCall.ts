import type { LastCall } from './cacheState.ts';

/** A call as the ledger knows it. */
export interface PastCall extends LastCall {
  readonly agent: string;
  readonly session: string;
  readonly parentSession: string | null;
  /** Null on the main thread. */
  readonly subagent: string | null;
  readonly turn: string | null;
  readonly project: string | null;
  readonly effort: string | null;
  /** USD; null when unpriced. */
  readonly cost: number | null;
  /** USD of its thinking; null when the record does not say. */
  readonly thinking: number | null;
}

/** One string of several; null is none of them. */
export function keyOf(...parts: readonly (string | null)[]): string {
  return parts.map((p) => p ?? '\0').join('\n');
}
