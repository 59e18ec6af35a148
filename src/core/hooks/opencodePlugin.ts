/** What the plugin needs of OpenCode's runtime; this module itself needs nothing. */
const processes = 'node:child_process';

/**
 * OpenCode's plugin file: runs the relay before each call. `commands` are the relay's command lines by event, `patience`
 * is in seconds. A fault of its own lets OpenCode go on; only a refusal is thrown. The title's call is left alone: it
 * is small, and a refusal of it would be shown as the prompt's.
 */
export function pluginText(commands: Readonly<Record<string, string>>, patience: number): string {
  return `// Burn Meter: asks before OpenCode spends. Written by the extension; changes are lost.
import { spawn } from ${JSON.stringify(processes)};

const commands = ${JSON.stringify(commands, null, 2)};
const patience = ${patience * 1000};
const quiet = ['title', 'summary'];

const relay = (event, payload) =>
  new Promise((done) => {
    let text = '';
    const child = spawn(commands[event], { shell: true, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    const timer = setTimeout(() => { child.kill(); done(''); }, patience);
    const end = () => { clearTimeout(timer); done(text); };
    child.on('error', end);
    child.on('close', end);
    child.stdout.on('data', (chunk) => { text += chunk; });
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(payload));
  });

const check = async (event, describe) => {
  let reason;
  try {
    const answer = await relay(event, describe());
    reason = answer === '' ? undefined : JSON.parse(answer).deny;
  } catch {}
  if (typeof reason === 'string') throw new Error(reason);
};

export const BurnMeter = async ({ directory }) => {
  const children = new Set();
  const prompts = new Map();
  const sent = new Map();
  return {
    event: async ({ event }) => {
      const info = event?.type === 'session.created' ? event.properties?.info : undefined;
      if (info?.parentID) children.add(info.id);
    },
    'chat.message': async (input, output) => {
      const texts = (output?.parts ?? []).filter((part) => part.type === 'text').map((part) => part.text);
      prompts.set(input?.sessionID, { id: output?.message?.id, text: texts.join('\\n') });
    },
    'chat.params': async (input, output) => {
      const agent = input?.agent?.name ?? input?.agent;
      if (quiet.includes(agent)) return;
      const session = input?.sessionID;
      const id = input?.message?.id;
      const first = sent.get(session) !== id && !children.has(session);
      sent.set(session, id);
      await check(first ? 'prompt' : 'nextCall', () => ({
        session,
        id: first ? id : null,
        cwd: directory,
        model: input?.model?.api?.id ?? input?.model?.id,
        effort: input?.message?.model?.variant ?? input?.message?.variant ?? null,
        prompt: first && prompts.get(session)?.id === id ? prompts.get(session).text : null,
        maxOutput: output?.maxOutputTokens ?? null,
      }));
      prompts.delete(session);
    },
    'tool.execute.before': async (input) => {
      if (input?.tool !== 'task') return;
      await check('subagent', () => ({ session: input.sessionID, id: input.callID, cwd: directory }));
    },
  };
};
`;
}
