import * as z from 'zod';
import type { HookDecision } from '../preflight/event.ts';
import { label, unlessAllowed } from './shape.ts';

// The shape of hooks that Claude Code made common: three levels in a settings file, snake_case fields on stdin.

const inputSchema = z.object({
  session_id: z.string().min(1),
  hook_event_name: z.string(),
  cwd: label,
  timestamp: label,
  /** One per prompt, the same through its whole turn. */
  prompt_id: label,
  turn_id: label,
  prompt: z.string().nullish().catch(null),
  submitted_prompt: label,
  model: label,
  effort: z.object({ level: label }).nullish().catch(null),
  tool_name: label,
  tool_use_id: label,
  tool_calls: z
    .array(z.object({ tool_use_id: label, tool_response: z.unknown().optional() }))
    .nullish()
    .catch(null),
});
export type ClaudeLikeInput = z.infer<typeof inputSchema>;

/** The input of a hook that was set up for `event`; null when it is not that. */
export function claudeLikeInput(event: string, payload: unknown): ClaudeLikeInput | null {
  const { success, data } = inputSchema.safeParse(payload);
  return success && data.hook_event_name === event ? data : null;
}

/** An entry below `hooks.<event>`; `timeout` in the unit that the agent counts in. Always a command: others know no `http`. */
export function commandEntry(event: string, command: string, timeout: number, matcher?: string) {
  const entry = { hooks: [{ type: 'command', command, timeout }] };
  return { at: ['hooks', event], value: matcher === undefined ? entry : { matcher, ...entry } };
}

/** Ends the turn before its next call, with the reason shown. */
export function blocked(decision: HookDecision): string {
  return unlessAllowed(decision, ({ reason }) => ({ decision: 'block', reason }));
}

/** Keeps a tool from starting, or has the agent put the question; `stop` ends the turn with it. */
export function toolAnswer(decision: HookDecision): string {
  return unlessAllowed(decision, ({ kind, reason, stop }) =>
    stop === true
      ? { continue: false, stopReason: reason }
      : {
          hookSpecificOutput: {
            hookEventName: 'PreToolUse',
            permissionDecision: kind,
            permissionDecisionReason: reason,
          },
        },
  );
}
