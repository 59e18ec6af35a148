import * as z from 'zod';
import type { HookDecision, HookEvent } from '../preflight/event.ts';
import { copilotFolder } from '../sources/copilotPaths.ts';
import { join } from '../sources/paths.ts';
import type { HookAdapter } from './adapter.ts';
import { eventOf, label, patience, promptOf, unlessAllowed } from './shape.ts';

const id = 'copilot';

/** Copilot CLI's own input: camelCase, no event name, a numeric time. */
const cliSchema = z.object({
  sessionId: z.string().min(1),
  timestamp: z.number(),
  cwd: label,
  prompt: z.string(),
  hookEventName: z.undefined().optional(),
});

/** VS Code's chat: a time in words, names in one spelling or the other by version. It serves Claude Code's files too. */
const chatSchema = z
  .object({
    timestamp: z.string(),
    sessionId: label,
    session_id: label,
    hookEventName: label,
    hook_event_name: label,
    // What tells Claude Code, Qwen and Gemini, which spell alike, from it.
    prompt_id: z.undefined().optional(),
    permission_mode: z.undefined().optional(),
    cwd: label,
    prompt: z.string(),
  })
  .transform(({ sessionId, session_id, hookEventName, hook_event_name, ...rest }) => ({
    ...rest,
    session: sessionId ?? session_id,
    event: hookEventName ?? hook_event_name,
  }));

/** A prompt of VS Code's chat, through whichever agent's file it ran the hook; null when it is not one. */
export function readChatPrompt(payload: unknown): HookEvent | null {
  const { success, data } = chatSchema.safeParse(payload);
  if (!success || data.event !== 'UserPromptSubmit' || data.session === null) return null;
  const { session, timestamp, cwd, prompt } = data;
  // One instant serves every hook of a prompt: the same prompt through two files has the same name.
  return eventOf({ ...promptOf(prompt), agent: id, session, id: `${session}:${timestamp}`, cwd });
}

function readCliPrompt(payload: unknown): HookEvent | null {
  const { success, data } = cliSchema.safeParse(payload);
  if (!success) return null;
  const { sessionId: session, timestamp, cwd, prompt } = data;
  return eventOf({ ...promptOf(prompt), agent: id, session, id: `${session}:${timestamp}`, cwd });
}

/** Both read it: the command line takes the first two fields, VS Code the others. */
export function copilotReply(decision: HookDecision): string {
  return unlessAllowed(decision, ({ reason }) => ({ decision: 'block', reason, continue: false, stopReason: reason }));
}

const event = 'userPromptSubmitted';

/**
 * One file of our own serves Copilot CLI and VS Code's Copilot Chat, which reads the same folder and format. No tool
 * hooks: Copilot CLI takes a failing one for a no, and none of its answers ends a turn.
 */
export const copilot: HookAdapter = {
  id,
  label: 'GitHub Copilot',
  traces: (host) => [copilotFolder(host)],
  files: (host, command) => {
    const { sh, windows } = command(event);
    const hook = { type: 'command', bash: sh, powershell: windows, timeoutSec: patience };
    return [
      {
        kind: 'own',
        path: join(host, copilotFolder(host), 'hooks', 'burn-meter.json'),
        text: `${JSON.stringify({ version: 1, hooks: { [event]: [hook] } }, null, 2)}\n`,
        executable: false,
      },
    ];
  },
  pending: () => null,
  read: (name, payload) => (name === event ? (readCliPrompt(payload) ?? readChatPrompt(payload)) : null),
  reply: (_event, decision) => copilotReply(decision),
  timeout: patience,
  asks: [],
  keepsPrompt: false,
  verified: true,
};
