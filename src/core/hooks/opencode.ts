import * as z from 'zod';
import type { HookEvent } from '../preflight/event.ts';
import { opencodeFolder } from '../sources/opencodePaths.ts';
import { join } from '../sources/paths.ts';
import type { HookAdapter } from './adapter.ts';
import { pluginText } from './opencodePlugin.ts';
import { eventOf, label, patience, promptOf, unlessAllowed } from './shape.ts';

const id = 'opencode';
const events = ['prompt', 'nextCall', 'subagent'] as const;

/** What our own plugin sends. */
const inputSchema = z.object({
  session: z.string().min(1),
  id: label,
  cwd: label,
  model: label,
  effort: label,
  prompt: z.string().nullish().catch(null),
  maxOutput: z.number().positive().nullish().catch(null),
});

function known(payload: unknown): (Omit<HookEvent, 'kind' | 'prompt' | 'text'> & { prompt: string | null }) | null {
  const { success, data } = inputSchema.safeParse(payload);
  if (!success) return null;
  const { session, maxOutput, prompt, ...rest } = data;
  return {
    ...eventOf({ kind: 'prompt', agent: id, session, ...rest }),
    prompt: prompt ?? null,
    maxOutput: maxOutput ?? null,
  };
}

/** A plugin is the only way in. What it refuses is said by throwing: the call is not made and the text is shown. */
export const opencode: HookAdapter = {
  id,
  label: 'OpenCode',
  caution: 'OpenCode fetches its plugin package when it starts with a plugin; offline that start takes a minute.',
  traces: (host) => [opencodeFolder(host)],
  files: (host, command) => {
    const lines = events.map((event) => [event, command(event)[host.platform === 'win32' ? 'windows' : 'sh']] as const);
    const text = pluginText(Object.fromEntries(lines), patience);
    return [
      { kind: 'own', path: join(host, opencodeFolder(host), 'plugin', 'burn-meter.js'), text, executable: false },
    ];
  },
  pending: () => null,
  read: (name, payload) => {
    const kind = events.find((event) => event === name);
    const input = known(payload);
    if (kind === undefined || input === null) return null;
    if (kind !== 'prompt') return { ...input, kind, prompt: null, text: null };
    return { ...input, ...promptOf(input.prompt ?? '') };
  },
  reply: (_event, decision) => unlessAllowed(decision, ({ reason }) => ({ deny: reason })),
  timeout: patience,
  asks: [],
  // It stands in the session as sent.
  keepsPrompt: true,
  verified: true,
};
