import * as z from 'zod';
import { flag, knownCount, label, tokenCount } from './json.ts';

// Shapes of Claude Code's transcript lines, clients 1.0 to 2.1.329. Unknown keys and line types are ignored.

const counts = {
  input_tokens: tokenCount,
  cache_read_input_tokens: tokenCount,
  cache_creation_input_tokens: tokenCount,
  cache_creation: z.object({ ephemeral_5m_input_tokens: tokenCount, ephemeral_1h_input_tokens: tokenCount }).nullish(),
  output_tokens: tokenCount,
  output_tokens_details: z.object({ thinking_tokens: knownCount }).nullish(),
};

export const countsShape = z.object(counts);
export type Counts = z.infer<typeof countsShape>;

const iterationShape = z.object({ ...counts, type: label, model: label });
export type Iteration = z.infer<typeof iterationShape>;

const usageShape = z.object({
  ...counts,
  server_tool_use: z.object({ web_search_requests: tokenCount }).nullish(),
  service_tier: label,
  speed: label,
  inference_geo: label,
  iterations: z.array(iterationShape).nullish(),
});
export type Usage = z.infer<typeof usageShape>;

const line = {
  uuid: label,
  sessionId: label,
  timestamp: label,
  cwd: label,
  gitBranch: label,
  agentId: label,
  isSidechain: flag,
  /** On lines that a branch copied from another session. */
  forkedFrom: z.object({ sessionId: label, messageUuid: label }).nullish().catch(null),
};

export const typeShape = z.object({ type: label });

/** Which model a line is of, and whether it has counts at all: read before the counts are judged. */
export const headShape = z.object({
  message: z.object({ model: label, usage: z.unknown().optional() }),
});

export const assistantShape = z.object({
  ...line,
  parentUuid: label,
  requestId: label,
  effort: label,
  isAbortedMidStream: flag,
  message: z.object({ id: label, model: label, stop_reason: label, usage: usageShape }),
});
export type Assistant = z.infer<typeof assistantShape>;

const block = z.object({ type: label, text: label }).catch({ type: null, text: null });

export const userShape = z.object({
  ...line,
  promptId: label,
  isMeta: flag,
  isCompactSummary: flag,
  message: z.object({ content: z.union([z.string(), z.array(block)]).catch([]) }),
});
export type User = z.infer<typeof userShape>;

/** Written as a request leaves, before its answer (clients from 2.1.3xx). */
export const requestShape = z.object({
  sessionId: label,
  agentId: label,
  timestamp: label,
  params: z.object({
    model: label,
    max_tokens: knownCount.catch(null),
    output_config: z.object({ effort: label }).nullish().catch(null),
  }),
});

/** The session's own running totals by model, cumulative over resumes; it has no time of its own. */
export const costStateShape = z.object({
  sessionId: label,
  startTime: z.number().nullish().catch(null),
  modelUsage: z.record(
    z.string(),
    z.object({
      inputTokens: tokenCount,
      outputTokens: tokenCount,
      thinkingTokens: knownCount,
      cacheReadInputTokens: tokenCount,
      cacheCreationInputTokens: tokenCount,
      cacheCreationEphemeral5mInputTokens: knownCount,
      cacheCreationEphemeral1hInputTokens: knownCount,
      webSearchRequests: tokenCount,
      costUSD: z.number().min(0).nullish().catch(null),
    }),
  ),
});
export type CostState = z.infer<typeof costStateShape>;
