import { promptTokens } from '../usage.ts';
import type { LastCall } from './cacheState.ts';
import { usualPreamble } from './usual.ts';

/** Tokens of a summary, with the files that agents read again beside it; unverified. */
const summary = 8000;

/** A thread's last call as the next one carries on from it once a summary stands for all but the preamble. */
export function compacted(last: LastCall): LastCall {
  const { tokens } = last;
  // One token written tells how the thread writes.
  const cacheWrite5m = Math.min(1, tokens.cacheWrite5m);
  const cacheWrite1h = Math.min(1, tokens.cacheWrite1h);
  const kept = Math.min(usualPreamble, promptTokens(tokens));
  const isCached = tokens.cacheRead + cacheWrite5m + cacheWrite1h > 0;
  const cacheRead = isCached ? Math.max(0, kept - cacheWrite5m - cacheWrite1h) : 0;
  const input = isCached ? 0 : kept;
  return { ...last, tokens: { input, cacheRead, cacheWrite5m, cacheWrite1h, output: summary, thinking: null } };
}
