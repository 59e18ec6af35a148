import * as z from 'zod';
import { join } from '../sources/paths.ts';
import type { HostFacts } from '../sources/source.ts';
import type { HookAdapter } from './adapter.ts';
import { eventOf, label, patience, promptOf, unlessAllowed } from './shape.ts';

const id = 'cursor';
const event = 'beforeSubmitPrompt';

const inputSchema = z.object({
  conversation_id: z.string().min(1),
  generation_id: label,
  hook_event_name: z.literal(event),
  model: label,
  workspace_roots: z.array(z.string()).nullish().catch(null),
  prompt: z.string(),
});

function folder(host: HostFacts): string {
  return join(host, host.home, '.cursor');
}

/** As Cursor's documentation has it; not seen to work with a real client, which needs a login. */
export const cursor: HookAdapter = {
  id,
  label: 'Cursor',
  traces: (host) => [folder(host)],
  files: (host, command) => {
    const { sh, windows } = command(event);
    const entry = { command: host.platform === 'win32' ? windows : sh, timeout: patience };
    return [
      {
        kind: 'json',
        path: join(host, folder(host), 'hooks.json'),
        entries: [{ at: ['hooks', event], value: entry }],
        needs: [{ at: ['version'], value: 1 }],
      },
    ];
  },
  pending: () => null,
  read: (name, payload) => {
    const { success, data } = inputSchema.safeParse(payload);
    if (name !== event || !success) return null;
    const { conversation_id: session, generation_id, workspace_roots, model, prompt } = data;
    return eventOf({
      ...promptOf(prompt),
      agent: id,
      session,
      id: generation_id,
      cwd: workspace_roots?.[0] ?? null,
      model,
    });
  },
  reply: (_event, decision) => unlessAllowed(decision, ({ reason }) => ({ continue: false, user_message: reason })),
  timeout: patience,
  asks: [],
  keepsPrompt: false,
  verified: false,
};
