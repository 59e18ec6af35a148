import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createEndpoint,
  discardEndpoint,
  isListed,
  readEndpoints,
} from '../../../../src/engine/preflight/endpoints.ts';

const token = 'beef'.repeat(16);

describe('endpoints', () => {
  let folder = '';
  const file = (pid: number = process.pid): string => join(folder, 'windows', String(pid));
  const own = () => createEndpoint(folder, { port: 4321, token });
  /** Another window's file, as this version writes it. */
  function copyTo(pid: number, text?: string): void {
    own().update({ folders: ['/a'], focused: false });
    writeFileSync(file(pid), text ?? readFileSync(file(), 'utf8'), { mode: 0o600 });
  }
  const pids = (): readonly number[] => readEndpoints(folder).map(({ pid }) => pid);

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'endpoints-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('tells of itself and is found', () => {
    own().update({ folders: ['/a b', '/ü"\n\u2028'], focused: true });
    const [found, ...rest] = readEndpoints(folder);
    assert.deepEqual(rest, []);
    assert.deepEqual(
      { ...found, at: 0, host: '' },
      {
        pid: process.pid,
        port: 4321,
        token,
        folders: ['/a b', '/ü"\n\u2028'],
        focused: true,
        at: 0,
        host: '',
      },
    );
  });

  it('is nobody else’s to read', () => {
    mkdirSync(join(folder, 'windows'));
    chmodSync(join(folder, 'windows'), 0o777);
    own().update({ folders: [], focused: false });
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'windows')).mode & 0o777, 0o700);
  });

  it('leaves no draft where it cannot be written', () => {
    mkdirSync(join(file(), 'in the way'), { recursive: true });
    assert.throws(() => own().update({ folders: [], focused: false }));
    assert.deepEqual(readdirSync(join(folder, 'windows')), [String(process.pid)]);
  });

  it('is gone when the window is', () => {
    const endpoint = own();
    endpoint.update({ folders: [], focused: false });
    assert.equal(isListed(folder), true);
    endpoint.remove();
    endpoint.remove();
    assert.equal(isListed(folder), false);
    assert.deepEqual(pids(), []);
  });

  it('has the window used last first', () => {
    copyTo(process.ppid);
    utimesSync(file(process.ppid), 1000, 1000);
    assert.deepEqual(pids(), [process.pid, process.ppid]);
    utimesSync(file(), 999, 999);
    assert.deepEqual(pids(), [process.ppid, process.pid]);
  });

  it('cleans up after a process that is dead', () => {
    const dead = spawnSync(process.execPath, ['--version']).pid;
    copyTo(dead);
    assert.deepEqual(pids(), [process.pid]);
    assert.equal(existsSync(file(dead)), false);
  });

  it('leaves another machine’s windows alone', () => {
    const dead = spawnSync(process.execPath, ['--version']).pid;
    own().update({ folders: [], focused: false });
    copyTo(dead, readFileSync(file(), 'utf8').replace(/"host":"[^"]*"/, '"host":"elsewhere"'));
    assert.deepEqual(pids(), [process.pid]);
    assert.equal(existsSync(file(dead)), true);
  });

  it('discards a window that does not answer', () => {
    copyTo(process.ppid);
    const other = readEndpoints(folder).find(({ pid }) => pid === process.ppid);
    assert.ok(other);
    discardEndpoint(folder, other);
    discardEndpoint(folder, other);
    assert.deepEqual(pids(), [process.pid]);
  });

  for (const [name, text] of [
    ['an empty file', ''],
    ['half a file', '# 4321\nheader = "Authori'],
    ['a file without a state', `# 4321\nheader = "Authorization: Bearer ${token}"\n# nothing\n`],
    ['a file with more in it', `# 4321\nheader = "Authorization: Bearer ${token}"\noutput = "/x"\n# {}\n`],
  ] as const) {
    it(`passes over ${name}`, () => {
      copyTo(process.ppid, text);
      assert.deepEqual(pids(), [process.pid]);
    });
  }

  it('passes over a file that others can read, and one that is a link', function () {
    if (process.platform === 'win32') this.skip();
    copyTo(process.ppid);
    chmodSync(file(process.ppid), 0o644);
    assert.deepEqual(pids(), [process.pid]);
    rmSync(file(process.ppid));
    symlinkSync(file(), file(process.ppid));
    assert.deepEqual(pids(), [process.pid]);
  });

  it('passes over what is no window’s', () => {
    copyTo(process.ppid);
    for (const name of ['x', '12.draft', '-1', '99999999999']) writeFileSync(join(folder, 'windows', name), '');
    mkdirSync(join(folder, 'windows', '1'));
    assert.deepEqual(new Set(pids()), new Set([process.pid, process.ppid]));
  });

  it('finds nothing where nothing is', () => assert.deepEqual(readEndpoints(join(folder, 'no')), []));
});
