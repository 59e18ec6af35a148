import * as z from 'zod';
import type { ThinkingState } from './thinking/agentSettings.ts';

// What the extension host asks the engine to do or to look up beside the ledger. The panel may send none of it.

export const actionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hooks') }),
  z.object({ kind: z.literal('setHooks'), agent: z.string(), on: z.boolean() }),
  z.object({ kind: z.literal('thinking') }),
  /** `effort` null puts back what was there before our change. */
  z.object({ kind: z.literal('setEffort'), agent: z.string(), effort: z.string().nullable() }),
  /** Until ms since the epoch; 0 ends it. */
  z.object({ kind: z.literal('snooze'), until: z.number().nonnegative() }),
]);
export type Action = z.infer<typeof actionSchema>;

/** Where an agent's pre-flight hooks stand. */
export interface HookStatus {
  readonly agent: string;
  readonly label: string;
  /** Whether the agent was found on this machine. */
  readonly found: boolean;
  /** `pending`: in place, and waiting for something that `note` names. `changed`: someone else has altered or removed them. */
  readonly state: 'off' | 'on' | 'pending' | 'changed';
  /** "waiting for your review in Codex"; null when there is nothing to say. */
  readonly note: string | null;
  /** Files that carry the hooks. */
  readonly files: readonly string[];
  /** Whether the format has been seen to work with a real client. */
  readonly verified: boolean;
}

export interface ThinkingStatus extends ThinkingState {
  readonly agent: string;
  readonly label: string;
  readonly efforts: readonly string[];
  /** What thinking cost in the last 7 days, USD list value; null when the records do not say. */
  readonly lastWeek: number | null;
  /** Whether a change of ours can be put back. */
  readonly canUndo: boolean;
}

export interface ActionAnswers {
  readonly hooks: readonly HookStatus[];
  readonly setHooks: HookStatus;
  readonly thinking: readonly ThinkingStatus[];
  readonly setEffort: ThinkingStatus;
  readonly snooze: { readonly until: number };
}
