import { addTokens, noTokens } from '../../src/core/usage.ts';
import type { TokenCounts, UsageEvent } from '../../src/core/usage.ts';

/** Tokens by model, and all together under no name, with unknown thinking as 0 as the views show it. */
export function tokensByModel(events: readonly UsageEvent[]): Record<string, TokenCounts> {
  const parts = events.flatMap((event) => event.parts);
  const models = [...new Set(parts.map((part) => part.model))].toSorted();
  return Object.fromEntries(models.map((model) => [model, total(parts.filter((part) => part.model === model))]));
}

export function allTokens(events: readonly UsageEvent[]): TokenCounts {
  return total(events.flatMap((event) => event.parts));
}

function total(parts: readonly { readonly tokens: TokenCounts }[]): TokenCounts {
  return parts.reduce<TokenCounts>((sum, part) => addTokens(sum, part.tokens), { ...noTokens, thinking: 0 });
}
