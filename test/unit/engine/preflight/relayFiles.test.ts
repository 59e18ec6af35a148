import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Platform } from '../../../../src/core/sources/source.ts';
import { removeRelay, writeRelay } from '../../../../src/engine/preflight/relayFiles.ts';
import type { RelayFiles } from '../../../../src/engine/preflight/relayFiles.ts';

describe('relay files', () => {
  let base = '';
  const folder = (): string => join(base, 'preflight');
  const at = (name: string): string => join(folder(), name);
  const mode = (path: string): number => statSync(path).mode & 0o777;
  const files = (cli = '/opt/cli.js', platform: Platform = 'linux'): RelayFiles => ({
    dataFolder: base,
    host: { platform, home: base, env: {} },
    places: { node: '/opt/node', cli },
  });

  beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'relay-files-'))));
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('are the user’s alone', () => {
    writeRelay(files());
    assert.deepEqual(readdirSync(folder()).toSorted(), ['relay.cjs', 'relay.sh']);
    assert.deepEqual([mode(folder()), mode(at('relay.sh')), mode(at('relay.cjs'))], [0o700, 0o700, 0o600]);
  });

  it('pass for what they are', () => {
    writeRelay(files());
    assert.equal(spawnSync('sh', ['-n', at('relay.sh')]).status, 0);
    assert.equal(spawnSync(process.execPath, ['--check', at('relay.cjs')]).status, 0);
  });

  it('are this version’s, whatever stood there', () => {
    writeRelay(files('/opt/1.0/cli.js'));
    writeFileSync(at('relay.cjs'), 'damaged');
    chmodSync(at('relay.sh'), 0o777);
    chmodSync(folder(), 0o755);
    writeRelay(files('/opt/1.1/cli.js'));
    for (const name of ['relay.sh', 'relay.cjs']) assert.match(readFileSync(at(name), 'utf8'), /\/opt\/1\.1\/cli\.js/);
    assert.deepEqual([mode(folder()), mode(at('relay.sh'))], [0o700, 0o700]);
    assert.deepEqual(readdirSync(folder()).toSorted(), ['relay.cjs', 'relay.sh']);
  });

  it('are not touched when they are as they should be', () => {
    writeRelay(files());
    for (const name of ['relay.sh', 'relay.cjs']) utimesSync(at(name), 1000, 1000);
    writeRelay(files());
    for (const name of ['relay.sh', 'relay.cjs']) assert.equal(statSync(at(name)).mtimeMs, 1_000_000);
  });

  it('take the place of a link without following it', () => {
    writeRelay(files());
    const elsewhere = join(base, 'elsewhere');
    writeFileSync(elsewhere, 'mine');
    rmSync(at('relay.sh'));
    spawnSync('ln', ['-s', elsewhere, at('relay.sh')]);
    writeRelay(files());
    assert.equal(readFileSync(elsewhere, 'utf8'), 'mine');
  });

  it('have one more for Windows', () => {
    writeRelay(files('C:\\cli.js', 'win32'));
    // Written on this machine, where a backslash parts no folders.
    const beside = `${base}\\preflight`;
    assert.deepEqual(readdirSync(beside).toSorted(), ['relay.cjs', 'relay.cmd', 'relay.sh']);
    rmSync(beside, { recursive: true });
  });

  it('go, and nothing else does', () => {
    writeRelay(files());
    writeFileSync(at('guard.json'), '{}');
    removeRelay(files());
    removeRelay(files());
    assert.deepEqual(readdirSync(folder()), ['guard.json']);
  });
});
