import { addTokens, noTokens, promptTokens } from '../usage.ts';
import type { BilledPart, TokenCounts } from '../usage.ts';
import type { Counts, Iteration, Usage } from './claudeRecords.ts';

export interface Billed {
  readonly parts: readonly [BilledPart, ...BilledPart[]];
  /** Why the counts cannot all be right, null when they agree. */
  readonly doubt: string | null;
}

/**
 * Splits cache writes by lifetime. A breakdown above its total is the true one (clients before 2.1.152 wrote a total of
 * 0); what a breakdown leaves of its total, and a total without one, counts as five-minute writes.
 */
export function cacheWrites(total: number, fiveMinutes: number, oneHour: number): { w5m: number; w1h: number } {
  return { w5m: fiveMinutes + Math.max(0, total - fiveMinutes - oneHour), w1h: oneHour };
}

/**
 * What one response is billed for, one part per inner iteration: each was a request with a prompt and a model of its own,
 * so tiers and prices go by it. The top-level counts hold the executor's iterations only (clients since 2.1.219 may add
 * the advisor's), never a compaction's. They stand in only for iterations that fall short of them.
 */
export function billedParts(model: string, usage: Usage): Billed {
  const top: BilledPart = { model, tokens: tokens(usage) };
  const iterations = usage.iterations ?? [];
  const hourly = top.tokens.cacheWrite1h > 0 && top.tokens.cacheWrite5m === 0;
  const [first, ...rest] = iterations.map((i): BilledPart => ({ model: i.model ?? model, tokens: tokens(i, hourly) }));
  if (first === undefined) return { parts: [top], doubt: null };
  const every = [first, ...rest];
  if (fallsShort(sum(every), top.tokens)) {
    const besides = every.filter((_, n) => !isExecutor(iterations[n]));
    return { parts: [top, ...besides], doubt: 'inner iterations add up to less than their call' };
  }
  const outputs = [isMessage, isExecutor, isNotCompaction, () => true].map(
    (of) => sum(every.filter((_, n) => of(iterations[n]))).output,
  );
  const doubt = outputs.includes(top.tokens.output) ? null : 'inner iterations do not add up to their call';
  return { parts: withThinking([first, ...rest], usage.output_tokens_details?.thinking_tokens ?? null), doubt };
}

/** `hourly`: writes without a breakdown of their own are one-hour ones, as all the rest of their call's are. */
function tokens(counts: Counts, hourly = false): TokenCounts {
  const unsaid = {
    ephemeral_5m_input_tokens: 0,
    ephemeral_1h_input_tokens: hourly ? counts.cache_creation_input_tokens : 0,
  };
  const split = counts.cache_creation ?? unsaid;
  const { w5m, w1h } = cacheWrites(
    counts.cache_creation_input_tokens,
    split.ephemeral_5m_input_tokens,
    split.ephemeral_1h_input_tokens,
  );
  const thinking = counts.output_tokens_details?.thinking_tokens ?? null;
  return {
    input: counts.input_tokens,
    cacheRead: counts.cache_read_input_tokens,
    cacheWrite5m: w5m,
    cacheWrite1h: w1h,
    output: counts.output_tokens,
    thinking: thinking === null ? null : Math.min(thinking, counts.output_tokens),
  };
}

function isMessage(iteration: Iteration | undefined): boolean {
  return iteration?.type === 'message';
}

function isExecutor(iteration: Iteration | undefined): boolean {
  return isNotCompaction(iteration) && iteration?.type !== 'advisor_message';
}

function isNotCompaction(iteration: Iteration | undefined): boolean {
  return iteration?.type !== 'compaction';
}

function sum(parts: readonly BilledPart[]): TokenCounts {
  return parts.reduce((all, part) => addTokens(all, part.tokens), noTokens);
}

function fallsShort(inner: TokenCounts, top: TokenCounts): boolean {
  return inner.output < top.output || promptTokens(inner) < promptTokens(top);
}

/** Thinking is counted for the call as a whole: it fills the iterations' outputs in order where they do not say. */
function withThinking(
  [first, ...rest]: readonly [BilledPart, ...BilledPart[]],
  total: number | null,
): readonly [BilledPart, ...BilledPart[]] {
  const known = sum([first, ...rest]).thinking;
  if (total === null || known !== null) return [first, ...rest];
  let left = total;
  const fill = (part: BilledPart): BilledPart => {
    const thinking = Math.min(left, part.tokens.output);
    left -= thinking;
    return { ...part, tokens: { ...part.tokens, thinking } };
  };
  return [fill(first), ...rest.map(fill)];
}
