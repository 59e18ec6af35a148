import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { HookFile, RelayCommand } from '../../../../src/core/hooks/adapter.ts';
import { hookAdapters } from '../../../../src/core/hooks/index.ts';
import { isOurs } from '../../../../src/core/hooks/ours.ts';
import type { HookDecision, HookEvent } from '../../../../src/core/preflight/event.ts';
import type { HostFacts } from '../../../../src/core/sources/source.ts';

/** What clients really sent, with filler for every text; `cursor` and the chat's are after their documentation. */
const folder = 'test/fixtures/hooks';
const cwd = '/home/user/project';

function fixture(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as Record<string, unknown>;
}

function adapter(id: string) {
  const found = hookAdapters.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}

/** Agent, event as its hook is called, payload, and what it must be read as (of the texts, the sizes). */
const told: readonly (readonly [string, string, string, Partial<HookEvent> | null])[] = [
  ['claude', 'UserPromptSubmit', 'claude/UserPromptSubmit', { kind: 'prompt', agent: 'claude', cwd, model: null, effort: null, id: 'a715a50e-d5fe-427d-8273-644516594607', session: '15f5ad03-6ba4-43d2-997f-3a4b2b431d89' }], // prettier-ignore
  ['claude', 'PreToolUse', 'claude/PreToolUse', { kind: 'subagent', effort: 'medium', prompt: null, text: null }],
  ['claude', 'PreToolUse', 'claude/PreToolUse-2', null],
  ['claude', 'PostToolBatch', 'claude/PostToolBatch', { kind: 'nextCall', text: 'alpha beta ga', id: 'toolu_01mwqb0uzu000592c4f682cc' }], // prettier-ignore
  ['claude', 'Stop', 'claude/Stop', null],
  ['claude', 'UserPromptSubmit', 'claude/Stop', null],
  ['claude', 'UserPromptSubmit', 'claude/UserPromptSubmit-chat', { kind: 'prompt', agent: 'copilot', cwd, session: '7a1c2f0e-5b1d-4a52-9c3e-2f4b6a8d0c1e' }], // prettier-ignore
  ['claude', 'UserPromptSubmit', 'copilot/userPromptSubmitted-chat-snake', { kind: 'prompt', agent: 'copilot', cwd }],
  ['claude', 'UserPromptSubmit', 'copilot/userPromptSubmitted', null],
  ['codex', 'UserPromptSubmit', 'codex/UserPromptSubmit', { kind: 'prompt', model: 'gpt-5.5', id: '01a1fdca-ba08-7d72-99b8-291e26798077', cwd }], // prettier-ignore
  ['codex', 'PreModelRequest', 'codex/PreModelRequest', null],
  ['copilot', 'userPromptSubmitted', 'copilot/userPromptSubmitted', { kind: 'prompt', agent: 'copilot', cwd }],
  ['copilot', 'userPromptSubmitted', 'copilot/userPromptSubmitted-chat', { kind: 'prompt', agent: 'copilot', cwd: null }], // prettier-ignore
  ['copilot', 'userPromptSubmitted', 'copilot/userPromptSubmitted-chat-snake', { kind: 'prompt', cwd }],
  ['copilot', 'userPromptSubmitted', 'copilot/preToolUse', null],
  ['copilot', 'userPromptSubmitted', 'claude/UserPromptSubmit', null],
  ['gemini', 'BeforeAgent', 'gemini/BeforeAgent', { kind: 'prompt', cwd }],
  ['gemini', 'BeforeModel', 'gemini/BeforeModel', { kind: 'nextCall', model: 'gemini-3.1-pro-preview', text: null }], // prettier-ignore
  ['qwen', 'UserPromptSubmit', 'qwen/UserPromptSubmit', { kind: 'prompt', cwd, id: 'cb41ac69-0f18-4447-adc8-01001e55557a########0' }], // prettier-ignore
  ['qwen', 'UserPromptSubmit', 'qwen/UserPromptSubmit-2', { kind: 'nextCall', prompt: null, text: null }],
  ['qwen', 'UserPromptSubmit', 'qwen/PreToolUse', null],
  ['opencode', 'prompt', 'opencode/prompt', { kind: 'prompt', model: 'claude-sonnet-4-6', cwd, maxOutput: 32000 }],
  ['opencode', 'nextCall', 'opencode/nextCall', { kind: 'nextCall', prompt: null, text: null, id: null }],
  ['opencode', 'title', 'opencode/prompt', null],
  ['cline', 'PostToolUse', 'cline/PostToolUse', { kind: 'nextCall', cwd, session: '1795259300084_g7uf0' }],
  ['cline', 'PostToolUse', 'cline/TaskStart', null],
  ['cursor', 'beforeSubmitPrompt', 'cursor/beforeSubmitPrompt', { kind: 'prompt', cwd, model: 'gpt-5.5' }],
];

const deep = (open: string, close: string): unknown => JSON.parse(`${open.repeat(1e5)}1${close.repeat(1e5)}`);

const hostile: readonly unknown[] = [
  null, undefined, '', 'x', 0, [], {}, [[]], { session_id: 1 }, { session_id: '', hook_event_name: 'UserPromptSubmit' },
  { sessionId: {}, timestamp: 'x', prompt: [] }, { hook_event_name: 'UserPromptSubmit', session_id: 's', prompt: 5 },
  { hook_event_name: 'PostToolBatch', session_id: 's', tool_calls: [{ tool_response: { a: [null] } }, 3] },
  { hook_event_name: 'PostToolBatch', session_id: 's', tool_calls: [{ tool_response: deep('[', ']') }] },
  { hook_event_name: 'PostToolBatch', session_id: 's', tool_calls: [{ tool_response: deep('{"a":', '}') }] },
]; // prettier-ignore

describe('hooks: what agents say', () => {
  for (const [id, event, name, expected] of told) {
    it(`${id} ${event}: ${name} is ${expected === null ? 'nothing to judge' : expected.kind}`, () => {
      const read = adapter(id).read(event, fixture(name));
      if (expected === null || read === null) return assert.equal(read, expected);
      assert.deepEqual({ ...read, ...expected }, read);
      assert.equal(read.kind === 'prompt', read.prompt !== null);
      if (read.kind === 'prompt') assert.equal(read.text, fixture(name)['prompt']);
    });
  }

  it('is none of it when it cannot be read, and never an exception', () => {
    for (const one of hookAdapters) {
      const { id } = one;
      const events: string[] = [];
      one.files(hosts.linux, (event) => (events.push(event), { sh: '', windows: '' }));
      for (const event of [...events, '', 'x']) {
        for (const payload of hostile) {
          const found = one.read(event, payload);
          assert.ok(found === null || (id === 'claude' && found.kind === 'nextCall'), `${id} ${event}`);
        }
      }
    }
  });

  it('keeps no name and no folder that is longer than any', () => {
    const long = '/a'.repeat(100_000);
    const payload = {
      ...fixture('claude/UserPromptSubmit'),
      session_id: long,
      cwd: long,
      prompt_id: long,
      model: long,
    };
    const read = adapter('claude').read('UserPromptSubmit', payload);
    assert.ok(read !== null && read.session.length < 5000);
    assert.deepEqual([read.id, read.cwd, read.model], [null, null, null]);
  });

  it('names a prompt of VS Code alike through both files, and a second one otherwise', () => {
    const chat = fixture('claude/UserPromptSubmit-chat');
    const [one, other] = [
      adapter('claude').read('UserPromptSubmit', chat),
      adapter('copilot').read('userPromptSubmitted', chat),
    ];
    assert.deepEqual(one, other);
    const later = adapter('copilot').read('userPromptSubmitted', { ...chat, timestamp: '2026-11-21T11:08:07.000Z' });
    assert.notEqual(later?.id, one?.id);
  });

  it('names the calls of one Qwen prompt apart', () => {
    const again = fixture('qwen/UserPromptSubmit-2');
    const ids = ['2026-11-21T11:08:15.579Z', '2026-11-21T11:08:16.000Z'].map(
      (timestamp) => adapter('qwen').read('UserPromptSubmit', { ...again, timestamp })?.id,
    );
    assert.equal(new Set(ids).size, 2);
  });
});

const hosts = {
  linux: { platform: 'linux', home: '/home/user', env: {} },
  darwin: { platform: 'darwin', home: '/Users/user', env: {} },
  win32: { platform: 'win32', home: 'C:\\Users\\user', env: {} },
} as const satisfies Record<string, HostFacts>;

const asked: HookDecision = { kind: 'deny', reason: 'about $4.20' };
const reason = 'about $4.20';

/** Agent, event's fixture, decision, and what must be printed. */
const answered: readonly (readonly [string, string, string, HookDecision, Record<string, unknown>])[] = [
  ['claude', 'UserPromptSubmit', 'claude/UserPromptSubmit', asked, { decision: 'block', reason, hookSpecificOutput: { hookEventName: 'UserPromptSubmit', suppressOriginalPrompt: true } }], // prettier-ignore
  ['claude', 'PostToolBatch', 'claude/PostToolBatch', asked, { decision: 'block', reason }],
  ['claude', 'PreToolUse', 'claude/PreToolUse', { kind: 'ask', reason }, { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'ask', permissionDecisionReason: reason } }], // prettier-ignore
  ['claude', 'PreToolUse', 'claude/PreToolUse', asked, { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason } }], // prettier-ignore
  ['claude', 'PreToolUse', 'claude/PreToolUse', { ...asked, stop: true }, { continue: false, stopReason: reason }],
  ['claude', 'UserPromptSubmit', 'claude/UserPromptSubmit-chat', asked, { decision: 'block', reason, continue: false, stopReason: reason }], // prettier-ignore
  ['codex', 'UserPromptSubmit', 'codex/UserPromptSubmit', asked, { decision: 'block', reason }],
  ['copilot', 'userPromptSubmitted', 'copilot/userPromptSubmitted', asked, { decision: 'block', reason, continue: false, stopReason: reason }], // prettier-ignore
  ['gemini', 'BeforeAgent', 'gemini/BeforeAgent', asked, { decision: 'deny', reason }],
  ['gemini', 'BeforeModel', 'gemini/BeforeModel', asked, { decision: 'deny', reason }],
  ['qwen', 'UserPromptSubmit', 'qwen/UserPromptSubmit-2', asked, { decision: 'block', reason }],
  ['opencode', 'prompt', 'opencode/prompt', asked, { deny: reason }],
  ['cline', 'PostToolUse', 'cline/PostToolUse', asked, { cancel: true, errorMessage: reason }],
  ['cursor', 'beforeSubmitPrompt', 'cursor/beforeSubmitPrompt', asked, { continue: false, user_message: reason }],
];

describe('hooks: what agents are told', () => {
  for (const [id, event, name, decision, printed] of answered) {
    it(`${id} ${event}: ${decision.kind} (${name})`, () => {
      const read = adapter(id).read(event, fixture(name));
      assert.ok(read);
      assert.deepEqual(JSON.parse(adapter(id).reply(read, decision)), printed);
      assert.equal(adapter(id).reply(read, { kind: 'allow' }), '', 'a yes is silent');
    });
  }
});

const command: RelayCommand = (event) => ({
  sh: `sh '/home/user/.local/share/burn-meter/preflight/relay.sh' ${event}`,
  windows: `cmd.exe /c C:\\Users\\user\\burn-meter\\preflight\\relay.cmd ${event}`,
});

/** Kinds of hooks that a file of ours names, however deep and in whatever spelling. */
function typesIn(file: HookFile): readonly string[] {
  const text = file.kind === 'own' ? file.text : JSON.stringify([file.entries, file.needs]);
  return [...text.matchAll(/\btype["']?\s*:\s*["'`](\w+)/g)].map(([, type = '']) => type);
}

const http = { type: 'http', url: 'http://127.0.0.1:1/' };
const shared = { kind: 'json', path: '/a', entries: [] } as const;
const text = JSON.stringify({ hooks: [http] }, null, 2);

/** Files with an entry that must be found. */
const planted: readonly (readonly [string, HookFile])[] = [
  ['an entry', { ...shared, entries: [{ at: ['hooks', 'x'], value: { hooks: [http] } }] }],
  ['a value that has to be there', { ...shared, needs: [{ at: ['hooks', 'y'], value: [http] }] }],
  ['a file of our own', { kind: 'own', path: '/a', text, executable: false }],
  ['a plugin', { kind: 'own', path: '/a', text: "const hook = { type: 'http' };", executable: false }],
];

describe('hooks: what is set up', () => {
  for (const [name, file] of planted) {
    it(`would be found to call over http in ${name}`, () => assert.deepEqual(typesIn(file), ['http']));
  }

  for (const one of hookAdapters) {
    for (const [name, host] of Object.entries(hosts)) {
      it(`${one.id} on ${name}`, () => {
        const files = one.files(host, command);
        assert.ok(files.length > 0);
        for (const file of files) {
          assert.ok(file.path.startsWith(host.home), file.path);
          if (name === 'win32') assert.ok(!file.path.includes('/'), file.path);
          const parts = file.kind === 'own' ? [file.text] : file.entries.map(({ value }) => value);
          for (const part of parts) assert.ok(isOurs(part), 'each part is known again as ours');
          assert.deepEqual(
            typesIn(file).filter((type) => type !== 'command'),
            [],
            'no agent drops a file over a type it does not know',
          );
        }
        assert.ok(one.traces(host).length > 0);
      });
    }
  }

  it('stands where the agents are told to keep their settings', () => {
    const env = { CLAUDE_CONFIG_DIR: '/c', CODEX_HOME: '/x,~/y', COPILOT_HOME: '/p', QWEN_HOME: '/q', XDG_CONFIG_HOME: '/o', CLINE_DIR: '/l', GEMINI_CLI_HOME: '/g' }; // prettier-ignore
    const paths = hookAdapters.flatMap((one) => one.files({ ...hosts.linux, env }, command).map(({ path }) => path));
    assert.deepEqual(paths, [
      '/c/settings.json',
      '/x/hooks.json',
      '/home/user/y/hooks.json',
      '/p/hooks/burn-meter.json',
      '/g/.gemini/settings.json',
      '/q/settings.json',
      '/o/opencode/plugin/burn-meter.js',
      '/l/hooks/PostToolUse.bash',
      '/home/user/.cursor/hooks.json',
    ]);
  });

  it('stands in the settings of a folder that was named by its records', () => {
    const env = { CLAUDE_CONFIG_DIR: '/c/projects, /c' };
    const paths = adapter('claude').files({ ...hosts.linux, env }, command);
    assert.deepEqual(
      paths.map(({ path }) => path),
      ['/c/settings.json'],
    );
  });

  it('knows nobody else as ours', () => {
    assert.equal(isOurs({ hooks: [{ type: 'command', command: 'sh /home/user/burn-meter-fork/relay.sh' }] }), false);
    assert.equal(isOurs(null), false);
  });
});

const codexHome = '/home/user/.codex';
const review = (place: number, more = ''): string =>
  `[hooks.state."${codexHome}/hooks.json:user_prompt_submit:${place}:0"]\ntrusted_hash = "sha256:00"\n${more}`;
const entry = { hooks: [{ type: 'command', command: command('UserPromptSubmit').sh }] };
const foreign = { hooks: [{ type: 'command', command: 'true' }] };
const hooksJson = (...entries: unknown[]): string => JSON.stringify({ hooks: { UserPromptSubmit: entries } });

/** Agent, its files, and whether something is in the hooks' way. */
const consents: readonly (readonly [string, string, Record<string, string>, RegExp | null])[] = [
  ['no review yet', 'codex', { 'hooks.json': hooksJson(entry) }, /waiting for your review in Codex/],
  ['no word in the settings', 'codex', { 'hooks.json': hooksJson(entry), 'config.toml': 'model = "x"' }, /waiting for your review in Codex/], // prettier-ignore
  ['reviewed', 'codex', { 'hooks.json': hooksJson(entry), 'config.toml': review(0) }, null],
  ['another place reviewed', 'codex', { 'hooks.json': hooksJson(foreign, entry), 'config.toml': review(0) }, /waiting/],
  ['second place reviewed', 'codex', { 'hooks.json': hooksJson(foreign, entry), 'config.toml': review(1) }, null],
  ['reviewed, then off', 'codex', { 'hooks.json': hooksJson(entry), 'config.toml': review(0, 'enabled = false') }, /off/], // prettier-ignore
  ['settings that cannot be read', 'codex', { 'hooks.json': hooksJson(entry), 'config.toml': '[[[' }, /waiting/],
  [
    'hooks switched off',
    'codex',
    { 'hooks.json': hooksJson(entry), 'config.toml': '[features]\nhooks = false' },
    /off/,
  ],
  ['no hook of ours', 'codex', { 'hooks.json': hooksJson(foreign) }, null],
  ['all hooks off', 'claude', { 'settings.json': '{ "disableAllHooks": true }' }, /disableAllHooks/],
  ['hooks on', 'claude', { 'settings.json': '{ "disableAllHooks": false }' }, null],
  ['no settings', 'gemini', {}, null],
  [
    'hooks off, with comments',
    'gemini',
    { 'settings.json': '{ "hooksConfig": { "enabled": false } } // mine' },
    /enabled/,
  ],
  ['all hooks off', 'qwen', { 'settings.json': '{ "disableAllHooks": true, }' }, /disableAllHooks/],
];

describe('hooks: what is in their way', () => {
  for (const [name, id, files, expected] of consents) {
    it(`${id}: ${name}`, () => {
      const read = (path: string): string | null => files[path.slice(path.lastIndexOf('/') + 1)] ?? null;
      const found = adapter(id).pending(hosts.linux, read);
      if (expected === null) assert.equal(found, null);
      else assert.match(found ?? '', expected);
    });
  }
});
