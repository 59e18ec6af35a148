import type { Fact, TokenCounts, UsageEvent } from '../usage.ts';
import type { Vector } from './codexCounter.ts';
import type { CodexState } from './codexState.ts';
import { problem, usage } from './json.ts';

/** Before `turn_context` named it, clients ran this model. */
const oldestModel = 'gpt-5';

/** One billed call of a session, with what the lines before it say of its turn. */
export function codexCall(
  state: CodexState,
  identity: Pick<UsageEvent, 'id' | 'group' | 'replay'>,
  session: string,
  used: Vector,
  at: number,
): readonly Fact[] {
  const { tokens, doubt } = disjoint(used);
  const { lineage } = state;
  const event: UsageEvent = {
    ...identity,
    rank: tokens.output,
    agent: 'codex',
    at,
    provider: 'openai',
    parts: [{ model: modelAt(state.model, at) ?? oldestModel, tokens }],
    speed: 'standard',
    tier: state.tier,
    region: null,
    webSearches: Math.max(state.searches, state.searchEvents),
    effort: state.effort,
    session,
    parentSession: session === lineage.thread ? lineage.parent : null,
    subagent: lineage.isSubagent && session === lineage.thread ? session : null,
    turn: state.turn,
    cwd: state.cwd,
    branch: state.branch,
    contextWindow: state.window,
    quality: doubt === null ? 'exact' : 'unverified',
  };
  return doubt === null ? [usage(event)] : [usage(event), problem(doubt)];
}

/** Codex's input includes cache reads and writes, its output includes reasoning. */
function disjoint([input, cached, written, output, reasoning]: Vector): { tokens: TokenCounts; doubt: string | null } {
  const uncached = input - cached - written;
  const tokens: TokenCounts = {
    input: Math.max(0, uncached),
    cacheRead: cached,
    cacheWrite5m: written,
    cacheWrite1h: 0,
    output,
    thinking: Math.min(reasoning, output),
  };
  if (uncached < 0) return { tokens, doubt: 'a call with more cached than read tokens' };
  return { tokens, doubt: reasoning > output ? 'a call with more reasoning than output tokens' : null };
}

/** `codex-auto-review` is a name for a model that changed with time; before its first day it stays unpriced. */
export function modelAt(model: string | null, at: number): string | null {
  if (model !== 'codex-auto-review' || at < Date.UTC(2026, 2, 5)) return model;
  return at < Date.UTC(2026, 6, 30) ? 'gpt-5.4' : 'gpt-5.6-luna';
}
