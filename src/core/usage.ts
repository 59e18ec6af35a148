// The facts of metering. Everything a source reads is turned into these at the edge; nothing here holds text of a
// prompt, an answer or a command.

/**
 * Tokens of one billed response in disjoint classes: `input` excludes cache reads and writes. `thinking` is a part of
 * `output`, null when the record does not say. Writes of unknown lifetime and OpenAI's count as `cacheWrite5m`.
 */
export interface TokenCounts {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly thinking: number | null;
}

/** Tokens billed at one model's rates. A call has one part, or more when it ran inner iterations (advisor, compaction). */
export interface BilledPart {
  /** The model's id as the record has it. */
  readonly model: string;
  readonly tokens: TokenCounts;
}

export type Speed = 'standard' | 'fast';
export type ServiceTier = 'standard' | 'batch' | 'flex' | 'priority';

/** How far a record's counts can be trusted: `partial` lacks a side (an aborted stream's output). */
export type Quality = 'exact' | 'partial' | 'estimated' | 'unverified';

/** One billed model response. Immutable; recording the same event twice changes nothing. */
export interface UsageEvent {
  /** Globally unique and derived from the record's content only, e.g. `claude:msg_01:req_01`. */
  readonly id: string;
  /** Records that may be copies of one call share a group, e.g. `claude:msg_01`. See identity.ts. */
  readonly group: string;
  /** A replay (sidechain copy, forked prefix) never counts beside another record of its group. */
  readonly replay: boolean;
  /** Of two records with one id the greater rank is the more complete one (its output tokens). */
  readonly rank: number;
  readonly agent: string;
  /** Milliseconds since the epoch, UTC. */
  readonly at: number;
  /** The model vendor the agent billed, e.g. `anthropic`, `openai`, `aws`, `google`. */
  readonly provider: string;
  readonly parts: readonly [BilledPart, ...BilledPart[]];
  readonly speed: Speed;
  readonly tier: ServiceTier;
  /** Where inference was pinned to run (`us`), null when it was not. */
  readonly region: string | null;
  readonly webSearches: number;
  readonly effort: string | null;
  readonly session: string;
  /** The session that started this one (a subagent's parent, a fork's origin). */
  readonly parentSession: string | null;
  /** Which subagent inside the session made the call; null on the main thread. */
  readonly subagent: string | null;
  /** The prompt this call works for, as the agent names it; null when the record does not say. */
  readonly turn: string | null;
  readonly cwd: string | null;
  readonly branch: string | null;
  /** The model's window in tokens, when the record says. */
  readonly contextWindow: number | null;
  readonly quality: Quality;
}

/** What a session is doing, and what its agent itself claims to have spent. */
export type Signal =
  /** A request left for the model; its answer has not been seen. */
  | {
      readonly kind: 'request';
      readonly session: string;
      readonly subagent: string | null;
      readonly at: number;
      readonly model: string | null;
      readonly effort: string | null;
      /** The request's own ceiling on output tokens; null when the record does not say. */
      readonly maxOutput: number | null;
      readonly cwd: string | null;
    }
  | {
      readonly kind: 'turnStart' | 'turnEnd';
      readonly session: string;
      readonly turn: string | null;
      readonly at: number;
    }
  /** The main thread's context was replaced by a summary of it. */
  | { readonly kind: 'compacted'; readonly session: string; readonly at: number }
  /** The agent's plan as its records name it (Codex `plan_type`), a sign of a subscription. */
  | { readonly kind: 'plan'; readonly session: string; readonly at: number; readonly plan: string }
  /** The agent's own running total of a session and model (Claude `cost-state`), cumulative over resumes. */
  | {
      readonly kind: 'claim';
      readonly session: string;
      readonly at: number;
      readonly model: string;
      readonly tokens: TokenCounts;
      readonly webSearches: number;
      /** As the agent computed it, in USD. */
      readonly usd: number | null;
    };

/** All that a source may say about one line. A `problem` is a record it should have understood and did not. */
export type Fact =
  | { readonly type: 'usage'; readonly event: UsageEvent }
  | { readonly type: 'signal'; readonly signal: Signal }
  | { readonly type: 'problem'; readonly reason: string };

export const noTokens: TokenCounts = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  output: 0,
  thinking: null,
};

/** Sum of two counts; `thinking` is null only when neither side knows it. */
export function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    input: a.input + b.input,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    output: a.output + b.output,
    thinking: a.thinking === null && b.thinking === null ? null : (a.thinking ?? 0) + (b.thinking ?? 0),
  };
}

/** Everything the model read for a call: uncached input, cache reads and cache writes. Long-context tiers go by it. */
export function promptTokens(t: Omit<TokenCounts, 'thinking'>): number {
  return t.input + t.cacheRead + t.cacheWrite5m + t.cacheWrite1h;
}
