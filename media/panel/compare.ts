import type { TokenTotals } from '../../src/core/totals.ts';
import { promptTokens } from '../../src/core/usage.ts';

/** How a figure stands against the period before. `share` is the change as a fraction of before. */
export interface Change {
  readonly direction: 'up' | 'down' | 'same';
  readonly share: number;
}

/** Changes under half a percent read as none; null against nothing, where there is nothing to say. */
export function changeOf(now: number, before: number): Change | null {
  if (before === 0) return null;
  const share = (now - before) / before;
  if (Math.abs(share) < 0.005) return { direction: 'same', share: 0 };
  return { direction: share > 0 ? 'up' : 'down', share };
}

/** Part of what was read that came from the cache, 0 to 1; null when nothing was read. */
export function cacheShare(tokens: Omit<TokenTotals, 'thinking'>): number | null {
  const all = promptTokens(tokens);
  return all === 0 ? null : tokens.cacheRead / all;
}
