import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { relayCommand } from '../../../../src/core/hooks/relay.ts';
import type { Choice } from '../../../../src/core/preflight/question.ts';
import { defaultSettings } from '../../../../src/core/settings.ts';
import { dataFolder } from '../../../../src/engine/dataFolder.ts';
import { ForkedEngine } from '../../../support/forkedEngine.ts';
import { said } from '../../../support/tellingRecords.ts';

// Hook events whose every text is a marker, through the relay, the engine and the guard as they really run.

const session = '15f5ad03-6ba4-43d2-997f-3a4b2b431d89';
const fixtures = join(import.meta.dirname, '../../../fixtures/hooks');
/** What an event is known by; everything else that it says is a text. */
const facts =
  /^(?:session|sessionId|session_id|rootSessionId|taskId|conversation_id|generation_id|id|prompt_id|turn_id|tool_use_id|timestamp|cwd|workspaceRoots|workspace_roots|model|hookName|hookEventName|hook_event_name|tool_name|level)$/;

const askedAbout = { ...defaultSettings, askAbove: 0.000_001 };
const capped = { ...defaultSettings, caps: { '*': { day: 0.000_001, hard: true } } };

function marked(value: unknown): unknown {
  if (typeof value === 'string') return `${said} ${value}`;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, facts.test(key) ? v : marked(v)]));
}

/** Each agent's events as real clients sent them. */
const files = globSync('*/{UserPrompt,userPrompt,PreTool,PostTool,before,Before,prompt}*.json', { cwd: fixtures });
const events = files.map((file) => ({
  agent: dirname(file),
  event: basename(file, '.json').replace(/-.*/, ''),
  body: JSON.stringify(marked(JSON.parse(readFileSync(join(fixtures, file), 'utf8')))),
}));

describe('what a hook brings', function () {
  this.timeout(120_000);
  let engine: ForkedEngine;
  const printed: string[] = [];

  const data = (): string => dataFolder({ platform: 'linux', home: engine.home, env: {} });

  function relay(agent: string, event: string, body: string): ChildProcess {
    const line = relayCommand({ platform: 'linux', home: engine.home, env: {} }, data(), agent)(event).sh;
    return fed(spawn('/bin/sh', ['-c', line], { env: engine.env }), body);
  }

  function fed(child: ChildProcess, body: string): ChildProcess {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    }
    child.stdin?.end(body);
    return child;
  }

  const prompt = (id: string): string =>
    JSON.stringify({
      session_id: session,
      hook_event_name: 'UserPromptSubmit',
      cwd: '/home/kim/shop',
      prompt_id: id,
      prompt: `rename ${said}`,
      transcript_path: `/home/kim/${said}.jsonl`,
    });

  async function relayed(agent: string, event: string, body: string): Promise<string> {
    const from = printed.length;
    await once(relay(agent, event, body), 'close');
    return printed.slice(from).join('');
  }

  /** Where the marker stands: files by their bytes and names, what was logged and printed. */
  function tellTales(): readonly string[] {
    const names = readdirSync(engine.home, { recursive: true, encoding: 'utf8' });
    const isTelling = (name: string): boolean => {
      const file = join(engine.home, name);
      return statSync(file).isFile() && readFileSync(file).includes(said);
    };
    const words = [...names, ...engine.words, ...printed].filter((text) => text.includes(said));
    return [...words, ...names.filter(isTelling)];
  }

  /** Answers whatever is asked from now on. */
  async function sendAll(): Promise<never> {
    for (;;) engine.send({ type: 'asked', id: (await engine.next('ask')).id, choice: 'send' });
  }

  async function asked(id: string, choice: Choice): Promise<string> {
    const answer = relayed('claude', 'UserPromptSubmit', prompt(id));
    const question = await engine.next('ask');
    // Also while it is held.
    assert.deepEqual(tellTales(), []);
    engine.send({ type: 'asked', id: question.id, choice });
    return answer;
  }

  beforeEach(async () => {
    printed.length = 0;
    engine = new ForkedEngine();
    engine.append(session, [spent]);
    engine.start(askedAbout);
    engine.send({ type: 'focus', focused: true });
    await engine.next('snapshot', (m) => m.snapshot.today.calls === 1);
    await engine.act({ kind: 'setHooks', agent: 'claude', on: true });
    while (!existsSync(join(data(), 'preflight/windows', String(engine.pid)))) await engine.act({ kind: 'hooks' });
  });
  afterEach(async () => {
    await engine.end();
    rmSync(engine.home, { recursive: true, force: true });
  });

  it('is nowhere kept, logged or left behind, whatever is answered', async () => {
    assert.match(await asked('p1', 'dontSend'), /"block"/);
    for (const choice of ['none', 'send'] as const) assert.equal(await asked(choice, choice), '');
    // An agent that gives up meanwhile.
    const left = relay('claude', 'UserPromptSubmit', prompt('p2'));
    const { id } = await engine.next('ask');
    left.kill('SIGKILL');
    await engine.next('askOver', (m) => m.id === id);
    engine.send({ type: 'focus', focused: false });
    assert.match(await relayed('claude', 'UserPromptSubmit', prompt('p3')), /held this back/);
    assert.equal(await relayed('claude', 'UserPromptSubmit', prompt('p4')), '');
    engine.send({ type: 'focus', focused: true });
    assert.equal(await asked('p5', 'always'), '');
    void sendAll();
    for (const { agent, event, body } of events) await relayed(agent, event, body);
    for (const body of [`{"prompt":"${said}`, said, '']) await relayed('claude', 'UserPromptSubmit', body);
    await relayed('nobody', 'UserPromptSubmit', prompt('p6'));
    assert.deepEqual(tellTales(), []);
    // It was all looked at: decisions were kept, and the log has words.
    assert.deepEqual(
      engine.words.filter((text) => !text.startsWith('token counting')),
      ['a hook of Claude Code sent no JSON', 'a hook of an unknown agent called'],
    );
    const db = new DatabaseSync(join(data(), 'ledger.db'), { readOnly: true });
    const kept = db.prepare('SELECT DISTINCT choice FROM decision ORDER BY choice').all();
    db.close();
    assert.deepEqual(
      kept.map(({ choice }) => choice),
      ['always', 'dontSend', 'none', 'send'],
    );
  });

  it('is nowhere kept by caps, with a window and without', async () => {
    engine.send({ type: 'settings', settings: capped });
    while (!existsSync(join(data(), 'preflight/guard.json'))) await engine.act({ kind: 'hooks' });
    for (const { agent, event, body } of events) await relayed(agent, event, body);
    assert.ok(printed.join('').split('Burn Meter refused this').length > 8, printed.join('\n'));
    assert.deepEqual(tellTales(), []);
    await engine.end();
    printed.length = 0;
    const cli = join(import.meta.dirname, '../../../../src/engine/cli.ts');
    const guards = events.map(async ({ agent, event, body }) => {
      const args = [...process.execArgv, '--no-warnings', cli, 'guard', agent, event];
      await once(fed(spawn(process.execPath, args, { env: engine.env }), body), 'close');
    });
    await Promise.all(guards);
    assert.ok(printed.join('').split('Burn Meter refused this').length > 8, printed.join('\n'));
    assert.deepEqual(tellTales(), []);
  });

  it('would be found', () => {
    writeFileSync(join(engine.home, 'tmp', 'left'), `x${said}`);
    engine.words.push(`warn ${said}`);
    printed.push(`{"${said}`);
    assert.equal(tellTales().length, 3);
  });
});

const spent = {
  type: 'assistant',
  uuid: 'a-1',
  sessionId: session,
  timestamp: new Date(Date.now()).toISOString(),
  cwd: '/home/kim/shop',
  requestId: 'req_1',
  message: {
    id: 'msg_01',
    type: 'message',
    role: 'assistant',
    model: 'claude-opus-5-5',
    content: [],
    stop_reason: 'end_turn',
    usage: { input_tokens: 1000, cache_read_input_tokens: 0, cache_creation_input_tokens: 200_000, output_tokens: 9 },
  },
};
