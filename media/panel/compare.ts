import type { TokenTotals } from '../../src/core/totals.ts';
import { promptTokens } from '../../src/core/usage.ts';

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

/** Part of what was read that came from the cache, 0 to 1; null when nothing was read. */
export function cacheShare(tokens: Omit<TokenTotals, 'thinking'>): number | null {
  const all = promptTokens(tokens);
  return all === 0 ? null : tokens.cacheRead / all;
}
