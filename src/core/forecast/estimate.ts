import type { NextCall } from './nextCall.ts';
import { answerReason, contextReason } from './reasons.ts';

export interface Estimate {
  /** USD list value. */
  readonly usd: number;
  /** Its parts in words, dearest thing first. */
  readonly reasons: readonly string[];
}

/** What a call in flight will cost with an answer as long as nine in ten of the user's. */
export function callEstimate(next: NextCall): Estimate {
  const reasons = [contextReason(next), answerReason(next)];
  return { usd: next.cost.p90, reasons: next.isUsualContext ? reasons.toReversed() : reasons };
}
