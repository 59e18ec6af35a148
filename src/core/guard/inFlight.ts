import { formatUsd } from '../format.ts';
import type { Estimate } from '../forecast/estimate.ts';
import type { Signal } from '../usage.ts';
import type { Verdict } from './verdict.ts';

/** Names one request, so that it is warned of once, however often it is judged. */
export function requestKey(request: Pick<Extract<Signal, { kind: 'request' }>, 'session' | 'subagent' | 'at'>): string {
  return JSON.stringify([request.session, request.subagent, request.at]);
}

/**
 * Judges a call in flight. `warnAbove` is in USD, 0 is off; `warned` holds the keys of requests already warned of.
 * An unpriced model has no estimate and nothing to judge.
 */
export function inFlightVerdict(
  estimate: Estimate | null,
  warnAbove: number,
  key: string,
  warned: ReadonlySet<string>,
): Verdict {
  if (estimate === null) return { level: 'ok', reason: 'No price is known for this call.' };
  const reason = `This call may cost about ${formatUsd(estimate.usd)}: ${estimate.reasons.join('; ')}.`;
  const passed = warnAbove > 0 && estimate.usd > warnAbove;
  return { level: passed && !warned.has(key) ? 'warning' : 'ok', reason };
}
