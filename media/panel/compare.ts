import type { TokenTotals, Totals } from '../../src/core/totals.ts';

/** How a figure stands against the period before. `share` is the change as a fraction of before, null when that was 0. */
export interface Change {
  readonly direction: 'up' | 'down' | 'same';
  readonly share: number | null;
}

/** Changes under half a percent read as none. */
export function changeOf(now: number, before: number): Change {
  if (before === 0) return { direction: now > 0 ? 'up' : 'same', share: now > 0 ? null : 0 };
  const share = (now - before) / before;
  if (Math.abs(share) < 0.005) return { direction: 'same', share: 0 };
  return { direction: share > 0 ? 'up' : 'down', share };
}

/** Everything the models read: uncached input, cache reads and writes. */
export function tokensIn(tokens: Omit<TokenTotals, 'thinking'>): number {
  return tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
}

/** Part of what was read that came from the cache, 0 to 1; null when nothing was read. */
export function cacheShare(tokens: Omit<TokenTotals, 'thinking'>): number | null {
  const all = tokensIn(tokens);
  return all === 0 ? null : tokens.cacheRead / all;
}

/** Whether there are calls and none of them has a price: that is not $0. */
export function isUnpriced({ calls, unpriced }: Totals): boolean {
  return calls > 0 && unpriced.calls === calls;
}
