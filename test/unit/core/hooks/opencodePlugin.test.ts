import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pluginText } from '../../../../src/core/hooks/opencodePlugin.ts';

type Hook = (input?: unknown, output?: unknown) => Promise<void>;
type Plugin = (context: { directory: string }) => Promise<Record<string, Hook>>;

/** The plugin as OpenCode loads it, with a relay that logs what it hears and prints what is given. */
async function plugin(answers: Partial<Record<'prompt' | 'nextCall' | 'subagent', string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'burn-meter-plugin-'));
  folders.push(folder);
  const log = join(folder, 'log');
  const line = (event: 'prompt' | 'nextCall' | 'subagent'): string =>
    `{ cat; echo; } | sed 's/^{/{"event":"${event}",/' >> '${log}'; printf '%s' '${answers[event] ?? ''}'`;
  const text = pluginText({ prompt: line('prompt'), nextCall: line('nextCall'), subagent: line('subagent') }, 60);
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}#${folder}`)) as Record<string, Plugin>;
  assert.deepEqual(Object.keys(module), ['BurnMeter'], 'OpenCode takes every export for a plugin');
  const hooks = await module['BurnMeter']?.({ directory: '/home/user/project' });
  assert.ok(hooks);
  const call = async (name: string, input: unknown, output?: unknown): Promise<string | null> =>
    hooks[name]?.(input, output).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    ) ?? 'no such hook';
  const heard = (): Record<string, unknown>[] =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((one) => one !== '')
      .map((one) => JSON.parse(one) as Record<string, unknown>);
  return { call, heard };
}

const folders: string[] = [];
const written = (id: string) => [{ sessionID: 's' }, { message: { id }, parts: [{ type: 'text', text: 'hello' }] }];
const params = (agent: string, id = 'm', session = 's') => ({
  sessionID: session,
  agent,
  model: { id: 'small' },
  message: { id, model: { modelID: 'claude-sonnet-4-6' } },
});
const deny = JSON.stringify({ deny: 'about $4.20' });

describe('OpenCode plugin', () => {
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('asks once for a prompt and its title, with the model of the prompt', async () => {
    const { call, heard } = await plugin({ prompt: deny });
    await call('chat.message', ...(written('m') as [unknown, unknown]));
    const answers = await Promise.all([call('chat.params', params('title')), call('chat.params', params('build'))]);
    assert.deepEqual(answers, ['about $4.20', 'about $4.20']);
    const [asked, ...more] = heard();
    assert.deepEqual(more, []);
    assert.deepEqual(asked, { event: 'prompt', session: 's', cwd: '/home/user/project', model: 'claude-sonnet-4-6', effort: null, maxOutput: null, id: 'm', prompt: 'hello' }); // prettier-ignore
  });

  it('asks for further calls of a prompt, and anew for the next prompt', async () => {
    const { call, heard } = await plugin({ nextCall: deny });
    assert.equal(await call('chat.params', params('build'), { maxOutputTokens: 32000 }), null);
    assert.equal(await call('chat.params', params('build'), { maxOutputTokens: 32000 }), 'about $4.20');
    assert.equal(await call('chat.params', params('build', 'm2')), null);
    assert.deepEqual(
      heard().map(({ event, id, maxOutput }) => [event, id, maxOutput]),
      [
        ['prompt', 'm', 32000],
        ['nextCall', undefined, 32000],
        ['prompt', 'm2', null],
      ],
    );
  });

  it('takes the calls of a subagent for calls of its task, and asks before it starts', async () => {
    const { call, heard } = await plugin({ subagent: deny });
    await call('event', { event: { type: 'session.created', properties: { info: { id: 'c', parentID: 's' } } } });
    await call('chat.params', params('general', 'k', 'c'));
    assert.equal(await call('tool.execute.before', { tool: 'task', sessionID: 's', callID: 'x' }), 'about $4.20');
    assert.equal(await call('tool.execute.before', { tool: 'bash', sessionID: 's', callID: 'y' }), null);
    assert.deepEqual(
      heard().map(({ event }) => event),
      ['nextCall', 'subagent'],
    );
  });

  for (const [name, answer] of [
    ['nothing', ''],
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['something else', '{"deny":5}'],
  ] as const) {
    it(`lets OpenCode go on when the relay says ${name}`, async () => {
      const { call } = await plugin({ prompt: answer, nextCall: answer, subagent: answer });
      assert.equal(await call('chat.params', params('build')), null);
      assert.equal(await call('chat.params', params('build')), null);
    });
  }

  it('lets OpenCode go on when it calls otherwise than known', async () => {
    const { call } = await plugin({});
    for (const name of ['event', 'chat.message', 'chat.params', 'tool.execute.before']) {
      assert.equal(await call(name, undefined), null, name);
      assert.equal(await call(name, {}, {}), null, name);
    }
  });
});
