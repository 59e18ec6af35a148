import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings } from '../../../../src/core/settings.ts';
import { ForkedEngine } from '../../../support/forkedEngine.ts';

const own = '{\n  "theme": "owl"\n}\n';
const capped = { ...defaultSettings, caps: { '*': { day: 5, hard: true } } };

describe('the engine of a window that is not trusted', function () {
  this.timeout(30_000);
  let engine: ForkedEngine;
  const settingsFile = (): string => join(engine.home, '.claude/settings.json');
  const folder = (): string => join(engine.home, '.local/share/burn-meter/preflight');
  const windows = (): readonly string[] => (existsSync(folder()) ? readdirSync(join(folder(), 'windows')) : []);

  beforeEach(() => {
    engine = new ForkedEngine();
    mkdirSync(join(engine.home, '.claude'), { recursive: true });
    writeFileSync(settingsFile(), own);
  });
  afterEach(async () => {
    await engine.end();
    rmSync(engine.home, { recursive: true, force: true });
  });

  it('sets nothing up, changes nothing and leaves no caps', async () => {
    engine.start(capped, false);
    await engine.next('snapshot');
    for (const action of [
      { kind: 'setHooks', agent: 'claude', on: true },
      { kind: 'setHooks', agent: 'claude', on: false },
      { kind: 'setEffort', agent: 'claude', effort: 'low' },
      { kind: 'snooze', until: Date.now() + 3_600_000 },
    ] as const) {
      assert.match(String(await engine.act(action)), /not trusted/, JSON.stringify(action));
    }
    // Looking is free.
    assert.ok(Array.isArray(await engine.act({ kind: 'hooks' })));
    assert.ok(Array.isArray(await engine.act({ kind: 'thinking' })));
    assert.equal(readFileSync(settingsFile(), 'utf8'), own);
    assert.deepEqual(readdirSync(join(engine.home, '.claude')).toSorted(), ['projects', 'settings.json']);
    assert.equal(existsSync(folder()), false);
  });

  it('does not serve the hooks that another window set up, until it is trusted', async () => {
    engine.start(capped);
    await engine.act({ kind: 'setHooks', agent: 'claude', on: true });
    await engine.end();
    const installed = readFileSync(settingsFile(), 'utf8');
    assert.ok(installed !== own && existsSync(join(folder(), 'guard.json')));

    const other = new ForkedEngine(engine.home);
    try {
      other.start(defaultSettings, false);
      other.send({ type: 'focus', focused: true });
      await other.act({ kind: 'hooks' });
      assert.deepEqual(windows(), []);
      assert.ok(existsSync(join(folder(), 'guard.json')), 'caps of a trusted window stay');
      other.send({ type: 'trust' });
      while (!windows().includes(String(other.pid))) await other.act({ kind: 'hooks' });
    } finally {
      await other.end();
    }
    assert.equal(readFileSync(settingsFile(), 'utf8'), installed);
    assert.deepEqual(windows(), [], 'a window that closes leaves no file');
  });
});
