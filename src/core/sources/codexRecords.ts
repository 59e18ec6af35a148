import * as z from 'zod';
import { knownCount, label, tokenCount } from './json.ts';

// Shapes of Codex's rollout lines, clients 0.3x to 0.169: `{timestamp, type, payload}`. Unknown ones are ignored.

const ordinal = z.int().min(0).nullish().catch(null);

export const lineShape = z.object({ timestamp: label, ordinal, type: label, payload: z.unknown() });

export const eventShape = z.object({ type: label });

const spawn = z.object({ parent_thread_id: label });

export const metaShape = z.object({
  id: label,
  session_id: label,
  timestamp: label,
  cwd: label,
  forked_from_id: label,
  parent_thread_id: label,
  /** The first line that is a subagent's own; those before it are its parent's. */
  subagent_history_start_ordinal: ordinal,
  /** Set when the inherited lines stay in the parent's file and none are copied (clients from 0.154). */
  history_base: z.object({ thread_id: label }).nullish().catch(null),
  /** A word (`cli`, `exec`, `vscode`) or, for a subagent, an object that says of what kind. */
  source: z
    .object({ subagent: z.union([z.string(), z.object({ thread_spawn: spawn.nullish().catch(null) })]) })
    .nullish()
    .catch(null),
  git: z.object({ branch: label }).nullish().catch(null),
});
export type Meta = z.infer<typeof metaShape>;

export const turnContextShape = z.object({
  turn_id: label,
  cwd: label,
  model: label,
  effort: label,
  collaboration_mode: z
    .object({ settings: z.object({ reasoning_effort: label }).nullish() })
    .nullish()
    .catch(null),
});
export type TurnContext = z.infer<typeof turnContextShape>;

export const turnEventShape = z.object({
  turn_id: label,
  /** Unix seconds. */
  started_at: z.number().nullish().catch(null),
  model_context_window: knownCount.catch(null),
});

export const settingsShape = z.object({ thread_settings: z.object({ service_tier: label }) });

export const triggerShape = z.object({ trigger_turn: z.boolean() });

export const searchShape = z.object({ action: z.object({ type: label }).nullish().catch(null) });

const usageShape = z.object({
  input_tokens: tokenCount,
  cached_input_tokens: tokenCount,
  cache_write_input_tokens: tokenCount,
  output_tokens: tokenCount,
  reasoning_output_tokens: tokenCount,
});
export type CodexUsage = z.infer<typeof usageShape>;

export const tokenCountShape = z.object({
  info: z
    .object({
      last_token_usage: usageShape.nullish(),
      total_token_usage: usageShape.nullish(),
      model_context_window: knownCount.catch(null),
    })
    .nullish(),
});

export const rateLimitsShape = z.object({ rate_limits: z.object({ plan_type: label }) });

export const usageRecordShape = z.object({
  thread_id: label,
  turn_id: label,
  response_id: label,
  usage: usageShape,
  thread_token_usage: usageShape.nullish().catch(null),
});
