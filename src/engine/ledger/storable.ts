import { promptTokens } from '../../core/usage.ts';
import type { Fact, TokenCounts } from '../../core/usage.ts';

/**
 * The fact, or a problem in its place when the ledger could not hold it: the tables are strict, and one number that is no
 * integer would undo the batch for every good record in it.
 */
export function storable(fact: Fact): Fact {
  if (fact.type === 'problem' || fits(fact)) return fact;
  return { type: 'problem', reason: 'a record whose numbers are out of range' };
}

function fits(fact: Exclude<Fact, { type: 'problem' }>): boolean {
  if (fact.type === 'signal') {
    const { signal: s } = fact;
    return (
      Number.isSafeInteger(s.at) &&
      (s.kind !== 'claim' || (whole(s.tokens, s.webSearches) && Math.abs(s.usd ?? 0) < 1e6))
    );
  }
  const { at, rank, contextWindow, webSearches, parts } = fact.event;
  return (
    [at, rank, contextWindow ?? 0].every(Number.isSafeInteger) &&
    // A cost must fit SQLite's 64-bit integers; a billion tokens is a thousand times the largest window.
    parts.every(({ tokens: t }) => whole(t, webSearches) && promptTokens(t) + t.output < 1e9 && webSearches < 1e6)
  );
}

function whole(tokens: TokenCounts, webSearches: number): boolean {
  const counts = [tokens.input, tokens.cacheRead, tokens.cacheWrite5m, tokens.cacheWrite1h, tokens.output];
  return [...counts, tokens.thinking ?? 0, webSearches].every((n) => Number.isSafeInteger(n) && n >= 0);
}
