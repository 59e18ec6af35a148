import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HostFacts } from '../../../../src/core/sources/source.ts';
import { createThinkingLook } from '../../../../src/engine/thinking/look.ts';
import { createThinkingSettings } from '../../../../src/engine/thinking/settings.ts';
import type { ThinkingSettings } from '../../../../src/engine/thinking/settings.ts';
import { createTestLedger } from '../query/testLedger.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

interface Before {
  readonly name: string;
  readonly agent: string;
  readonly path: string;
  /** Null: there is no file. */
  readonly bytes: string | Buffer | null;
}

const befores: readonly Before[] = [
  { name: 'no file', agent: 'claude', path: '.claude/settings.json', bytes: null },
  { name: 'an empty file', agent: 'claude', path: '.claude/settings.json', bytes: '' },
  {
    name: 'comments, tabs, CRLF, a byte order mark and no last line break',
    agent: 'claude',
    path: '.claude/settings.json',
    bytes: '\uFEFF{\r\n\t// mine\r\n\t"model": "opus",\r\n\t"effortLevel": "max", /* for now */\r\n\t"hooks": {},\r\n}',
  },
  {
    name: 'an effort for one of the models',
    agent: 'claude',
    path: '.claude/settings.json',
    bytes: '{"modelSettings":{"claude-opus-5-5":{"effortLevel":"xhigh"},"x":{}},"env":{"TOKEN":"s3cr3t"}}',
  },
  { name: 'no file', agent: 'codex', path: '.codex/config.toml', bytes: null },
  {
    name: 'comments, CRLF and tables',
    agent: 'codex',
    path: '.codex/config.toml',
    bytes: '# mine\r\nmodel = "gpt-6-sol"\r\nmodel_reasoning_effort   =   \'xhigh\'   # deep\r\n\r\n[tui]\r\nx = 1',
  },
  {
    name: 'tables only',
    agent: 'codex',
    path: '.codex/config.toml',
    bytes: '[tui]\nmodel_reasoning_effort = "theirs"\n',
  },
  { name: 'other levels', agent: 'gemini', path: '.gemini/settings.json', bytes: '{\n  "ui": { "theme": "x" }\n}\n' },
  { name: 'a generation config', agent: 'qwen', path: '.qwen/settings.json', bytes: '{ "model": { "name": "q" } }' },
];

describe('setting an effort', () => {
  let home: string;
  let data: string;
  let host: HostFacts;
  let settings: ThinkingSettings;

  beforeEach(async () => {
    home = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'burn-meter-thinking-')));
    data = join(home, 'data');
    host = { platform: 'linux', home, env: {} };
    settings = createThinkingSettings({
      host,
      dataFolder: data,
      folders: () => [join(home, 'shop')],
      db: createTestLedger().db,
      now: () => now,
    });
    for (const folder of ['.claude', '.codex', '.gemini/tmp', '.qwen']) {
      await fs.mkdir(join(home, folder), { recursive: true });
    }
  });
  afterEach(() => fs.rm(home, { recursive: true, force: true }));

  const bytesOf = (path: string): Promise<Buffer | null> => fs.readFile(join(home, path)).catch(() => null);
  const write = async (path: string, bytes: string | Buffer | null): Promise<void> => {
    await fs.mkdir(dirname(join(home, path)), { recursive: true });
    if (bytes !== null) await fs.writeFile(join(home, path), bytes);
  };
  const effortOf = async (agent: string): Promise<string | null | undefined> =>
    (await settings.status()).find((one) => one.agent === agent)?.effort;

  for (const { name, agent, path, bytes } of befores) {
    it(`changes and puts back ${path} with ${name}, byte for byte`, async () => {
      await write(path, bytes);
      const before = await bytesOf(path);
      const set = await settings.setEffort(agent, 'low');
      assert.deepEqual([set.effort, set.canUndo, set.setIn?.path], ['low', true, join(home, path)]);
      assert.notDeepEqual(await bytesOf(path), before);
      await settings.setEffort(agent, 'high');
      assert.equal(await effortOf(agent), 'high');
      const back = await settings.setEffort(agent, null);
      assert.equal(back.canUndo, false);
      assert.deepEqual(await bytesOf(path), before);
    });
  }

  it('keeps mode and link, and nothing of what else the file says', async () => {
    await write('dotfiles/claude.json', '{"effortLevel":"max","env":{"ANTHROPIC_API_KEY":"s3cr3t"}}');
    await fs.chmod(join(home, 'dotfiles/claude.json'), 0o640);
    await fs.symlink('../dotfiles/claude.json', join(home, '.claude/settings.json'));
    await settings.setEffort('claude', 'low');
    const facts = await fs.lstat(join(home, '.claude/settings.json'));
    assert.equal(facts.isSymbolicLink(), true);
    assert.equal((await fs.stat(join(home, 'dotfiles/claude.json'))).mode & 0o777, 0o640);
    assert.match(String(await bytesOf('dotfiles/claude.json')), /"effortLevel": ?"low"/);
    const record = String(await bytesOf('data/preflight/thinking.json'));
    assert.doesNotMatch(record, /s3cr3t/);
    const removed = [...record.matchAll(/"removed": "(?<bytes>.*)"/g)].map(({ groups }) =>
      Buffer.from(groups?.['bytes'] ?? '', 'base64').toString(),
    );
    assert.ok(removed.length > 1);
    assert.doesNotMatch(removed.join(), /s3cr3t/);
    assert.equal((await fs.stat(join(data, 'preflight', 'thinking.json'))).mode & 0o777, 0o600);
  });

  it('takes back our keys alone when somebody else has written since', async () => {
    await write('.claude/settings.json', '{\n  "effortLevel": "high"\n}\n');
    await settings.setEffort('claude', 'low');
    const ours = String(await bytesOf('.claude/settings.json'));
    await write('.claude/settings.json', ours.replace('{', '{\n  "model": "opus", // theirs'));
    assert.equal((await settings.status()).find(({ agent }) => agent === 'claude')?.canUndo, true);
    await settings.setEffort('claude', null);
    assert.equal(
      String(await bytesOf('.claude/settings.json')),
      '{\n  "model": "opus", // theirs\n  "effortLevel": "high"\n}\n',
    );
  });

  it('leaves an effort that somebody else has chosen since', async () => {
    await settings.setEffort('codex', 'low');
    await write('.codex/config.toml', 'model_reasoning_effort = "xhigh"\n');
    assert.equal((await settings.status()).find(({ agent }) => agent === 'codex')?.canUndo, false);
    await settings.setEffort('codex', null);
    assert.equal(String(await bytesOf('.codex/config.toml')), 'model_reasoning_effort = "xhigh"\n');
  });

  it('a second change after a foreign one still leads back to theirs', async () => {
    await settings.setEffort('codex', 'low');
    await write('.codex/config.toml', 'model_reasoning_effort = "low"\nmodel = "theirs"\n');
    await settings.setEffort('codex', 'high');
    assert.equal(String(await bytesOf('.codex/config.toml')), 'model_reasoning_effort = "high"\nmodel = "theirs"\n');
    await settings.setEffort('codex', null);
    assert.equal(String(await bytesOf('.codex/config.toml')), 'model = "theirs"\n');
  });

  it('leaves a file deleted that somebody else has deleted', async () => {
    await settings.setEffort('codex', 'low');
    await fs.rm(join(home, '.codex/config.toml'));
    await settings.setEffort('codex', null);
    assert.equal(await bytesOf('.codex/config.toml'), null);
  });

  it("two agents' changes are put back apart, by another window too", async () => {
    await settings.setEffort('codex', 'low');
    await settings.setEffort('claude', 'low');
    const other = createThinkingSettings({
      host,
      dataFolder: data,
      folders: () => [],
      db: createTestLedger().db,
      now: () => now,
    });
    assert.equal((await other.setEffort('codex', null)).canUndo, false);
    assert.equal((await other.status()).find(({ agent }) => agent === 'claude')?.canUndo, true);
    await other.setEffort('claude', null);
    assert.deepEqual([await bytesOf('.codex/config.toml'), await bytesOf('.claude/settings.json')], [null, null]);
  });

  const refused: readonly {
    readonly name: string;
    readonly path: string;
    readonly bytes: string | Buffer;
    readonly reason: RegExp;
  }[] = [
    {
      name: 'a broken file',
      path: '.codex/config.toml',
      bytes: 'x = ',
      reason: /config\.toml cannot be read\. Nothing was changed/,
    },
    {
      name: 'a file that is no text',
      path: '.codex/config.toml',
      bytes: Buffer.from([0xff, 0xfe, 0]),
      reason: /cannot be read/,
    },
    {
      name: 'a project that decides',
      path: 'shop/.codex/config.toml',
      bytes: 'model_reasoning_effort = "high"',
      reason: /decided by model_reasoning_effort in .*shop/,
    },
    {
      name: 'a key written in a way of its own',
      path: '.codex/config.toml',
      bytes: 'model_reasoning_effort = """high"""\n',
      reason: /cannot be changed safely/,
    },
  ];
  for (const { name, path, bytes, reason } of refused) {
    it(`changes nothing for ${name}, and says so`, async () => {
      await write(path, bytes);
      const before = await bytesOf(path);
      await assert.rejects(settings.setEffort('codex', 'low'), reason);
      assert.deepEqual(await bytesOf(path), before);
      assert.equal((await settings.status()).find(({ agent }) => agent === 'codex')?.canUndo, false);
    });
  }

  it('refuses efforts and agents that are not there, and to put back nothing', async () => {
    await assert.rejects(settings.setEffort('codex', 'ludicrous'), /no effort "ludicrous"/);
    await assert.rejects(settings.setEffort('nobody', 'low'));
    await assert.rejects(settings.setEffort('codex', null), /no change of ours/);
  });

  it('a write-protected file stays, and no record of a change with it', async () => {
    await write('.codex/config.toml', 'x = 1\n');
    await fs.chmod(join(home, '.codex/config.toml'), 0o444);
    await assert.rejects(settings.setEffort('codex', 'low'), /write-protected/);
    assert.equal((await settings.status()).find(({ agent }) => agent === 'codex')?.canUndo, false);
  });

  it('an unreadable record of ours is no record', async () => {
    await write('data/preflight/thinking.json', '{"codex": 5');
    assert.equal((await settings.setEffort('codex', 'low')).canUndo, true);
  });

  it('tells of agents on this machine alone, and what their thinking cost', async () => {
    const ledger = createTestLedger();
    const id = ledger.call({ at: '2026-11-20T10:00:00Z', parts: [{ output: 10, thinking: 5 }] });
    ledger.db.prepare('UPDATE charge SET c_output = 1000000000000 WHERE call = ?').run(id);
    await fs.rm(join(home, '.qwen'), { recursive: true });
    const known = createThinkingSettings({ host, dataFolder: data, folders: () => [], db: ledger.db, now: () => now });
    assert.deepEqual(
      (await known.status()).map(({ agent, lastWeek, cap }) => [agent, lastWeek, cap]),
      [
        ['claude', 0.5, 'uncapped'],
        ['codex', null, 'uncapped'],
        ['gemini', null, 'uncapped'],
      ],
    );
  });

  it('tells before a call whether its thinking has a cap, after a change too', async () => {
    const look = createThinkingLook(host);
    const capped: typeof look.capped = (...asked) => look.capped(...asked);
    assert.equal(look.effort('codex', null), null);
    await write('.codex/config.toml', 'model_reasoning_effort = "xhigh"\n');
    assert.equal(look.effort('codex', null), 'xhigh');
    assert.equal(capped('claude', null, 'claude-haiku-4-5'), false);
    await write('.claude/settings.json', '{"env":{"MAX_THINKING_TOKENS":"4000"}}');
    assert.equal(capped('claude', null, 'claude-haiku-4-5'), true);
    assert.equal(capped('claude', null, 'claude-opus-5-5'), false);
    assert.equal(capped('nobody', null), null);
    await write('shop/.claude/settings.json', '{"env":{"MAX_THINKING_TOKENS":"0"}}');
    assert.equal(capped('claude', join(home, 'shop'), 'claude-opus-5'), true);
    assert.equal(capped('claude', join(home, 'elsewhere'), 'claude-opus-5'), false);
  });
});
