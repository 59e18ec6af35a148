/** What the plugin needs of OpenCode's runtime; this module itself needs nothing. */
const processes = 'node:child_process';

/**
 * OpenCode's plugin file: runs the relay before each call. `commands` are the relay's command lines by event, `patience`
 * is in seconds. A fault of its own lets OpenCode go on; only a refusal is thrown. The title of a new session is
 * asked for beside its first prompt, on another model: it waits for the prompt's answer, so that a refused prompt costs
 * nothing at all.
 */
export function pluginText(commands: Readonly<Record<string, string>>, patience: number): string {
  return `// Burn Meter: asks before OpenCode spends. Written by the extension; changes are lost.
import { spawn } from ${JSON.stringify(processes)};

const commands = ${JSON.stringify(commands, null, 2)};
const patience = ${patience * 1000};

class Refusal extends Error {}

const safely = (hook) => async (...given) => {
  try {
    await hook(...given);
  } catch (error) {
    if (error instanceof Refusal) throw error;
  }
};

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
  if (typeof reason === 'string') throw new Refusal(reason);
};

export const BurnMeter = async ({ directory }) => {
  const children = new Set();
  const texts = new Map();
  const asked = new Map();
  const sent = new Map();
  const describe = (input, output) => ({
    session: input?.sessionID,
    cwd: directory,
    model: input?.message?.model?.modelID ?? input?.model?.id,
    effort: input?.message?.model?.variant ?? input?.message?.variant ?? null,
    maxOutput: output?.maxOutputTokens ?? null,
  });
  const askPrompt = (input, output) => {
    const { sessionID: session, message } = input;
    const id = message?.id;
    if (asked.get(session)?.id !== id) {
      const text = texts.get(session)?.id === id ? texts.get(session).text : '';
      texts.delete(session);
      asked.set(session, { id, answer: check('prompt', () => ({ ...describe(input, output), id, prompt: text })) });
    }
    return asked.get(session).answer;
  };
  return {
    event: safely(({ event }) => {
      const info = event?.type === 'session.created' ? event.properties?.info : undefined;
      if (info?.parentID) children.add(info.id);
    }),
    'chat.message': safely((input, output) => {
      const parts = (output?.parts ?? []).filter((part) => part.type === 'text');
      texts.set(input?.sessionID, { id: output?.message?.id, text: parts.map((part) => part.text).join('\\n') });
    }),
    'chat.params': safely(async (input, output) => {
      const agent = input?.agent?.name ?? input?.agent;
      const { sessionID: session, message } = input ?? {};
      if (agent === 'summary' || (agent === 'title' && children.has(session))) return;
      if (agent === 'title') return askPrompt(input);
      const isFirst = sent.get(session) !== message?.id && !children.has(session);
      sent.set(session, message?.id);
      if (isFirst) await askPrompt(input, output);
      else await check('nextCall', () => describe(input, output));
    }),
    'tool.execute.before': safely(async (input) => {
      if (input?.tool !== 'task') return;
      await check('subagent', () => ({ session: input.sessionID, id: input.callID, cwd: directory }));
    }),
  };
};
`;
}
