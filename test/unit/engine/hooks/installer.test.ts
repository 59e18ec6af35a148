import assert from 'node:assert/strict';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { hookAdapters } from '../../../../src/core/hooks/index.ts';
import { createHookInstaller } from '../../../../src/engine/hooks/installer.ts';
import type { HookInstaller, HookInstallerOptions } from '../../../../src/engine/hooks/installer.ts';

interface Place {
  readonly home: string;
  readonly dataFolder: string;
  readonly installer: HookInstaller;
  /** An installer of another window. */
  readonly another: (more?: Partial<HookInstallerOptions>) => HookInstaller;
  readonly path: (name: string) => string;
  readonly write: (name: string, bytes: string | Buffer, mode?: number) => void;
  readonly read: (name: string) => string;
  /** Every file and folder of the home but our own data, with its bytes. */
  readonly all: () => Record<string, string>;
}

function place(): Place {
  const home = mkdtempSync(join(tmpdir(), 'burn-meter-hooks-'));
  made.push(home);
  const dataFolder = join(home, '.local', 'share', 'burn-meter');
  mkdirSync(dataFolder, { recursive: true });
  const options = { host: { platform: 'linux', home, env: {} }, dataFolder, adapters: hookAdapters } as const;
  const path = (name: string): string => join(home, name);
  return {
    home,
    dataFolder,
    installer: createHookInstaller(options),
    another: (more) => createHookInstaller({ ...options, ...more }),
    path,
    write: (name, bytes, mode = 0o644) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), bytes);
      chmodSync(path(name), mode);
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    all: () => {
      const names = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
        (name) => !name.startsWith('.local'),
      );
      return Object.fromEntries(
        names.toSorted().map((name) => {
          const facts = lstatSync(path(name));
          const bytes = facts.isFile() ? readFileSync(path(name)).toString('base64') : '';
          return [name, `${facts.isFile() ? 'file' : 'other'} ${facts.mode.toString(8)} ${bytes}`];
        }),
      );
    },
  };
}

const made: string[] = [];
const settings = '.claude/settings.json';
const foreign = '{ "hooks": [{ "type": "command", "command": "true" }] }';

const configs: readonly (readonly [string, string | Buffer])[] = [
  ['an empty file', ''],
  ['a blank file', ' \n'],
  ['nothing but an object', '{}'],
  ['comments and trailing commas', '// top\n{\n  "model": "x", // beside\n  /* below */\n}\n'],
  ['Windows line ends and tabs', '{\r\n\t"model": "x"\r\n}\r\n'],
  ['a byte order mark', '\uFEFF{\n  "model": "x"\n}'],
  ['no last line end', '{"model":"x"}'],
  [
    'foreign hooks',
    `{\n  "hooks": {\n    "Stop": [${foreign}],\n    "UserPromptSubmit": [\n      ${foreign}\n    ]\n  }\n}\n`,
  ],
  ['other letters', '{ "päth": "日本 😀 \\u0000" }\n'],
  ['nested lists', '{"a":[[1,[2]],{"b":[[]]}],"hooks":{"PreToolUse":[]}}'],
];

describe('hook installer', () => {
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  for (const { id, verified } of hookAdapters) {
    it(`${id}: on and off again leaves nothing behind, from nothing`, async () => {
      const { installer, all } = place();
      const before = all();
      const on = await installer.set(id, true);
      assert.ok(['on', 'pending'].includes(on.state), on.state);
      assert.equal(on.verified, verified);
      assert.ok(on.found && on.files.every((path) => existsSync(path)));
      assert.deepEqual(await installer.check(), []);
      const off = await installer.set(id, false);
      assert.equal(off.state, 'off');
      assert.deepEqual(all(), before);
    });
  }

  for (const [name, bytes] of configs) {
    it(`${name}: the very bytes are back after removal`, async () => {
      const { installer, write, all, path } = place();
      write(settings, bytes, 0o640);
      const before = all();
      await installer.set('claude', true);
      assert.notDeepEqual(all(), before);
      assert.equal(statSync(path(settings)).mode & 0o777, 0o640);
      await installer.set('claude', false);
      assert.deepEqual(all(), before);
    });

    it(`${name}: with the record and the copies lost, our entries go all the same`, async () => {
      const { installer, another, write, read, dataFolder } = place();
      write(settings, bytes);
      await installer.set('claude', true);
      rmSync(join(dataFolder, 'preflight'), { recursive: true });
      await another().set('claude', false);
      assert.doesNotMatch(read(settings), /relay\.sh/);
      assert.equal((await installer.status())[0]?.state, 'off');
    });
  }

  it('leaves no empty lists behind, also with the record and the copies lost', async () => {
    const { installer, another, write, read, dataFolder } = place();
    for (const bytes of ['{\n  "a": 1\n}\n', '{"a":1,"b":2}', '{\n  "hooks": {\n    "Stop": []\n  }\n}\n']) {
      write(settings, bytes);
      await installer.set('claude', true);
      rmSync(join(dataFolder, 'preflight'), { recursive: true });
      await another().set('claude', false);
      assert.equal(read(settings), bytes);
    }
  });

  it('does nothing the second time', async () => {
    const { installer, write, all, dataFolder } = place();
    write(settings, '{}');
    await installer.set('claude', true);
    const record = readFileSync(join(dataFolder, 'preflight', 'hooks.json'), 'utf8');
    const before = all();
    await installer.set('claude', true);
    assert.deepEqual(all(), before);
    assert.equal(readFileSync(join(dataFolder, 'preflight', 'hooks.json'), 'utf8'), record);
    await installer.set('claude', false);
    await installer.set('claude', false);
  });

  it('leaves what others wrote since', async () => {
    const { installer, write, read } = place();
    write(settings, '{\n  "model": "x"\n}\n');
    await installer.set('claude', true);
    write(settings, read(settings).replace('"model": "x"', '"model": "y",\n  "theme": "dark"'));
    assert.deepEqual(await installer.check(), [], 'ours still stand');
    await installer.set('claude', false);
    assert.equal(read(settings), '{\n  "model": "y",\n  "theme": "dark"\n}\n');
  });

  it('keeps a file it made when others have written into it', async () => {
    const { installer, write, read } = place();
    await installer.set('codex', true);
    const mine = read('.codex/hooks.json').replace(
      '"UserPromptSubmit"',
      `"Stop": [${foreign}],\n    "UserPromptSubmit"`,
    );
    write('.codex/hooks.json', mine);
    await installer.set('codex', false);
    assert.deepEqual(JSON.parse(read('.codex/hooks.json')), { hooks: { Stop: [JSON.parse(foreign)] } });
  });

  for (const [name, alter] of [
    ['removed', () => '{}'],
    ['altered', (text: string) => text.replace('"timeout": 120', '"timeout": 1')],
    ['doubled', (text: string) => text.replace(/("PreToolUse": \[)(\s*\{[^]*\})(\s*\])/, '$1$2,$2$3')],
  ] as const) {
    it(`tells of hooks that someone ${name}, and sets them up again only when asked`, async () => {
      const { installer, write, read } = place();
      write(settings, '{\n  "model": "x"\n}\n');
      await installer.set('claude', true);
      write(settings, alter(read(settings)));
      const altered = read(settings);
      const [found] = await installer.check();
      assert.deepEqual([found?.agent, found?.state], ['claude', 'changed']);
      assert.match(found?.note ?? '', /someone else/);
      assert.equal(read(settings), altered, 'a check writes nothing');
      assert.equal((await installer.set('claude', true)).state, 'on');
      await installer.set('claude', false);
      assert.doesNotMatch(read(settings), /relay/);
    });
  }

  it('knows its hooks in an older form and puts the new ones in their place', async () => {
    const { installer, another, write, read, all } = place();
    write(settings, '{\n  "model": "x"\n}\n');
    const before = all();
    const older = (event: string) => ({ sh: `sh /old/burn-meter/preflight/relay.sh ${event}`, windows: '' });
    await another({ command: () => older }).set('claude', true);
    const [found] = await installer.check();
    assert.match(found?.note ?? '', /another version/);
    await installer.set('claude', true);
    assert.doesNotMatch(read(settings), /\/old\//);
    assert.equal((await installer.status())[0]?.state, 'on');
    await installer.set('claude', false);
    assert.deepEqual(all(), before);
  });

  it('takes away what an older version had elsewhere', async () => {
    const { installer, write, read } = place();
    await installer.set('claude', true);
    const old = '{ "hooks": [{ "type": "command", "command": "sh /old/burn-meter/preflight/relay.sh Stop" }] }';
    write(settings, read(settings).replace('"hooks": {', `"hooks": {\n    "Stop": [${foreign}, ${old}],`));
    assert.equal((await installer.check())[0]?.agent, 'claude');
    assert.equal((await installer.set('claude', true)).state, 'on');
    assert.doesNotMatch(read(settings), /\/old\//);
    await installer.set('claude', false);
    assert.deepEqual(JSON.parse(read(settings)), { hooks: { Stop: [JSON.parse(foreign)] } });
  });

  it('writes through links, which stay', async () => {
    const { installer, write, read, path, all } = place();
    write('dotfiles/claude.json', '{}');
    mkdirSync(path('.claude'));
    symlinkSync(path('dotfiles/claude.json'), path(settings));
    const before = all();
    await installer.set('claude', true);
    assert.ok(lstatSync(path(settings)).isSymbolicLink());
    assert.match(read('dotfiles/claude.json'), /relay/);
    await installer.set('claude', false);
    assert.deepEqual(all(), before);
  });

  for (const [name, bytes, expected] of [
    ['is not JSON', '{ "a": ', /settings\.json is not valid JSON \(line 1\)/],
    ['is not text', Buffer.from([0x7b, 0xff, 0x7d]), /settings\.json is not UTF-8 text/],
    ['is a list', '[]', /settings\.json is not a JSON object/],
    ['has hooks of another shape', '{ "hooks": [] }', /something else than an object as hooks/],
  ] as const) {
    it(`refuses a file that ${name}, in words, and leaves it`, async () => {
      const { installer, write, all } = place();
      write(settings, bytes);
      const before = all();
      await assert.rejects(installer.set('claude', true), expected);
      assert.deepEqual(all(), before);
      assert.equal((await installer.status())[0]?.state, 'off');
    });
  }

  it('refuses a write-protected file', async () => {
    const { installer, write, read } = place();
    write(settings, '{}', 0o444);
    await assert.rejects(installer.set('claude', true), /write-protected/);
    assert.equal(read(settings), '{}');
    assert.equal((await installer.status())[0]?.state, 'off');
  });

  it("refuses to take another's file, and leaves it on removal", async () => {
    const { installer, write, read } = place();
    write('.config/opencode/plugin/burn-meter.js', 'export const Mine = 1;\n');
    await assert.rejects(installer.set('opencode', true), /is not Burn Meter's/);
    await installer.set('opencode', false);
    assert.equal(read('.config/opencode/plugin/burn-meter.js'), 'export const Mine = 1;\n');
  });

  it('takes its own file away also when someone has altered it', async () => {
    const { installer, write, read, path } = place();
    await installer.set('cline', true);
    write('.cline/hooks/PostToolUse.bash', `${read('.cline/hooks/PostToolUse.bash')}# and this\n`);
    assert.equal((await installer.check())[0]?.agent, 'cline');
    await installer.set('cline', false);
    assert.equal(existsSync(path('.cline')), false);
  });

  it('stands up to two windows at once', async () => {
    const { installer, another, write, read, all } = place();
    write(settings, '{\n  "model": "x"\n}\n');
    const before = all();
    const windows = [installer, another(), another()];
    await Promise.all(windows.flatMap((one) => ['claude', 'codex', 'gemini'].map((id) => one.set(id, true))));
    assert.equal(read(settings).match(/relay\.sh' claude UserPromptSubmit/g)?.length, 1);
    for (const one of windows) assert.equal((await one.status())[0]?.state, 'on');
    await Promise.all(windows.flatMap((one) => ['claude', 'codex', 'gemini'].map((id) => one.set(id, false))));
    assert.deepEqual(all(), before);
  });

  it('remembers what every window has set up', async () => {
    const { another, all, dataFolder } = place();
    const before = all();
    await Promise.all(hookAdapters.map(({ id }) => another().set(id, true)));
    const record = JSON.parse(readFileSync(join(dataFolder, 'preflight', 'hooks.json'), 'utf8')) as { agents: object };
    assert.deepEqual(Object.keys(record.agents).toSorted(), hookAdapters.map(({ id }) => id).toSorted());
    await Promise.all(hookAdapters.map(({ id }) => another().set(id, false)));
    assert.deepEqual(all(), before);
  });

  for (const [name, at] of [
    ['long ago', 1],
    ['by a clock that was put back', 4e9],
  ] as const) {
    it(`takes the lock of a window that crashed ${name}`, async () => {
      const { installer, dataFolder } = place();
      const lock = join(dataFolder, 'preflight', 'hooks.lock');
      mkdirSync(lock, { recursive: true });
      utimesSync(lock, at, at);
      assert.equal((await installer.set('claude', true)).state, 'on');
      assert.equal(existsSync(lock), false);
    });
  }

  it('takes a damaged record for none', async () => {
    const { installer, dataFolder, write, read } = place();
    write(settings, '{\n  "model": "x"\n}\n');
    await installer.set('claude', true);
    writeFileSync(join(dataFolder, 'preflight', 'hooks.json'), '{ "agents": 5');
    assert.equal((await installer.status())[0]?.state, 'on');
    await installer.set('claude', false);
    assert.doesNotMatch(read(settings), /relay/);
  });

  it('says when Claude Code itself cannot read the file', async () => {
    const { installer, write } = place();
    write(settings, '{ "model": "x" } // mine');
    const { state, note } = await installer.set('claude', true);
    assert.equal(state, 'pending');
    assert.match(note ?? '', /comments/);
  });

  it('refuses an agent that it does not know', async () => {
    await assert.rejects(place().installer.set('nobody', true), /nobody/);
  });

  it('keeps its copies to the user', async () => {
    const { installer, write, dataFolder } = place();
    write(settings, '{ "env": { "KEY": "secret" } }');
    await installer.set('claude', true);
    const backups = join(dataFolder, 'preflight', 'backups');
    const [copy = ''] = readdirSync(backups);
    assert.equal(statSync(join(backups, copy)).mode & 0o777, 0o600);
    assert.equal(statSync(backups).mode & 0o777, 0o700);
    await installer.set('claude', false);
    assert.deepEqual(readdirSync(backups), []);
  });

  it('gives any settings back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
        fc.constantFrom(undefined, 2, '\t'),
        async (value, space) => {
          if ('hooks' in value) return;
          const { installer, write, all, home } = place();
          write(settings, JSON.stringify(value, null, space));
          const before = all();
          await installer.set('claude', true);
          await installer.set('claude', false);
          assert.deepEqual(all(), before);
          rmSync(home, { recursive: true, force: true });
        },
      ),
      { numRuns: 25 },
    );
  });
});
