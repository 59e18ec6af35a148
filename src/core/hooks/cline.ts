import * as z from 'zod';
import { clineFolder } from '../sources/clinePaths.ts';
import { join } from '../sources/paths.ts';
import type { HookAdapter } from './adapter.ts';
import { eventOf, label, textIn, unlessAllowed } from './shape.ts';

const id = 'cline';
const event = 'PostToolUse';

const inputSchema = z.object({
  taskId: z.string().min(1),
  hookName: label,
  sessionContext: z.object({ rootSessionId: label }).nullish().catch(null),
  workspaceRoots: z.array(z.string()).nullish().catch(null),
  tool_result: z.object({ id: label, output: z.unknown().optional() }).nullish().catch(null),
});

/**
 * Cline runs every script in its folder that is named after an event, by its first line or its ending; the unusual one
 * leaves the user's own script of that event alone. Of its events only those of tools run and can end a task, so what
 * is judged is the call after a tool, never the prompt.
 */
export const cline: HookAdapter = {
  id,
  label: 'Cline',
  traces: (host) => [clineFolder(host)],
  files: (host, command) => {
    const { sh, windows } = command(event);
    const onWindows = host.platform === 'win32';
    const name = onWindows ? `${event}.ps1` : `${event}.bash`;
    const text = onWindows ? `# Burn Meter\r\n${windows}\r\n` : `#!/bin/sh\n# Burn Meter\n${sh}\n`;
    return [{ kind: 'own', path: join(host, clineFolder(host), 'hooks', name), text, executable: true }];
  },
  pending: () => null,
  read: (name, payload) => {
    const { success, data } = inputSchema.safeParse(payload);
    if (name !== event || !success || data.hookName !== 'tool_result') return null;
    return eventOf({
      kind: 'nextCall',
      agent: id,
      session: data.sessionContext?.rootSessionId ?? data.taskId,
      id: data.tool_result?.id ?? null,
      cwd: data.workspaceRoots?.[0] ?? null,
      text: textIn(data.tool_result?.output),
    });
  },
  // With `cancel` the task ends; Cline says only that it was cancelled.
  reply: (_event, decision) => unlessAllowed(decision, ({ reason }) => ({ cancel: true, errorMessage: reason })),
  // Not settable; what its source says.
  timeout: 120,
  asks: [],
  keepsPrompt: true,
  verified: true,
};
