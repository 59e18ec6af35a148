import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guardPath, readGuardFile, writeGuardFile } from '../../../../src/engine/preflight/guardFile.ts';
import { tempFolder } from '../../../support/ledgerBench.ts';

const hard = { caps: { '*': { day: 5, hard: true }, '/home/kim': { session: 1 } }, timeZone: 'Europe/Berlin' };

describe("the guard's file", () => {
  let temp: ReturnType<typeof tempFolder>;
  let path: string;
  beforeEach(() => {
    temp = tempFolder();
    path = guardPath({ platform: 'linux', home: temp.path, env: {} }, join(temp.path, 'data'));
  });
  afterEach(() => temp.remove());
  const files = (): string[] => readdirSync(dirname(path));

  it('stands beside the relay', () => assert.equal(path, join(temp.path, 'data/preflight/guard.json')));

  it('is there while a cap is hard, for its user alone, and gone afterwards', () => {
    writeGuardFile(path, hard);
    assert.deepEqual(readGuardFile(path), hard);
    assert.deepEqual([files(), statSync(path).mode & 0o777], [['guard.json'], 0o600]);
    writeGuardFile(path, { ...hard, timeZone: 'UTC' });
    assert.equal(readGuardFile(path)?.timeZone, 'UTC');
    writeGuardFile(path, { ...hard, caps: { '*': { day: 5 } } });
    assert.deepEqual([files(), readGuardFile(path)], [[], null]);
  });

  it('is not begun for soft caps', () => {
    writeGuardFile(path, { ...hard, caps: {} });
    assert.equal(readGuardFile(path), null);
  });

  it('is not touched when it is as it should be', () => {
    writeGuardFile(path, hard);
    const before = statSync(path, { bigint: true });
    writeGuardFile(path, hard);
    assert.deepEqual(
      [statSync(path).ino, statSync(path, { bigint: true }).mtimeNs],
      [Number(before.ino), before.mtimeNs],
    );
  });

  for (const text of ['', '{', '[]', '{"caps":{"*":{"day":-1}},"timeZone":"UTC"}', '{"caps":{}}']) {
    it(`is none when it says ${text || 'nothing'}`, () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      assert.equal(readGuardFile(path), null);
    });
  }
});
