import { noTokens } from '../../src/core/usage.ts';
import type { BilledPart, TokenCounts, UsageEvent } from '../../src/core/usage.ts';

export interface EventSpec extends Partial<Omit<UsageEvent, 'at' | 'parts'>> {
  /** ISO instant. */
  readonly at?: string;
  readonly model?: string;
  readonly tokens?: Partial<TokenCounts>;
  /** Parts after the first. */
  readonly inner?: readonly { readonly model: string; readonly tokens: Partial<TokenCounts> }[];
}

function part(model: string, tokens: Partial<TokenCounts>): BilledPart {
  return { model, tokens: { ...noTokens, ...tokens } };
}

/** A billed call as a test wants it; tokens left out are 0. */
export function usageEvent({ at, model, tokens, inner, ...rest }: EventSpec): UsageEvent {
  return {
    id: 'claude:msg:req',
    group: 'claude:msg',
    replay: false,
    rank: 0,
    agent: 'claude',
    at: Date.parse(at ?? '2026-11-21T12:00:00Z'),
    provider: 'anthropic',
    parts: [part(model ?? 'claude-opus-5-5', tokens ?? {}), ...(inner ?? []).map((i) => part(i.model, i.tokens))],
    speed: 'standard',
    tier: 'standard',
    region: null,
    webSearches: 0,
    effort: null,
    session: 's',
    parentSession: null,
    subagent: null,
    turn: null,
    cwd: null,
    branch: null,
    contextWindow: null,
    quality: 'exact',
    ...rest,
  };
}
