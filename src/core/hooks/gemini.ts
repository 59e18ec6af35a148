import * as z from 'zod';
import { settingAt } from '../settingsText/settings.ts';
import { geminiFolder } from '../sources/geminiPaths.ts';
import { join } from '../sources/paths.ts';
import type { HookAdapter } from './adapter.ts';
import { commandEntry } from './claudeLike.ts';
import { eventOf, label, patience, promptOf, unlessAllowed } from './shape.ts';

const id = 'gemini';

const inputSchema = z.object({
  session_id: z.string().min(1),
  hook_event_name: z.string(),
  timestamp: label,
  cwd: label,
  prompt: z.string().nullish().catch(null),
  llm_request: z
    .object({
      model: label,
      config: z
        .object({ maxOutputTokens: z.int().positive().nullish().catch(null) })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});

/**
 * `BeforeModel` comes before every call, the first of a prompt too. Its request names the model but is not the whole one:
 * tools, system prompt and tool results are left out of it, so its texts say nothing of the context's size. Never
 * `AfterModel`: that fires for each chunk of an answer.
 */
export const gemini: HookAdapter = {
  id,
  label: 'Gemini CLI',
  traces: (host) => [geminiFolder(host)],
  files: (host, command) => {
    const line = (event: string): string => command(event)[host.platform === 'win32' ? 'windows' : 'sh'];
    // Milliseconds.
    const entries = ['BeforeAgent', 'BeforeModel'].map((event) => commandEntry(event, line(event), patience * 1000));
    return [{ kind: 'json', path: join(host, geminiFolder(host), 'settings.json'), entries }];
  },
  // Hooks run unless this says no; what says so is the user's and stays.
  pending: (host, read) =>
    settingAt(read(join(host, geminiFolder(host), 'settings.json')), 'json', 'hooksConfig', 'enabled') === false
      ? "all hooks are switched off in Gemini CLI's settings (hooksConfig.enabled)"
      : null,
  read: (event, payload) => {
    const { success, data } = inputSchema.safeParse(payload);
    if (!success || data.hook_event_name !== event) return null;
    const { session_id: session, timestamp, cwd, prompt, llm_request: request } = data;
    const known = { agent: id, session, cwd, id: timestamp && `${session}:${timestamp}` };
    if (event === 'BeforeAgent') return typeof prompt === 'string' ? eventOf({ ...known, ...promptOf(prompt) }) : null;
    if (event !== 'BeforeModel') return null;
    const maxOutput = request?.config?.maxOutputTokens ?? null;
    return eventOf({ ...known, kind: 'nextCall', model: request?.model ?? null, maxOutput });
  },
  reply: (_event, decision) => unlessAllowed(decision, ({ reason }) => ({ decision: 'deny', reason })),
  timeout: patience,
  asks: [],
  keepsPrompt: false,
  verified: true,
};
