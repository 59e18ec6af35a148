import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { discover } from '../../../../src/engine/ingest/discover.ts';
import { readCompressed } from '../../../../src/engine/ingest/readCompressed.ts';
import { createBench } from '../../../support/ledgerBench.ts';
import type { Bench } from '../../../support/ledgerBench.ts';
import { createPlainSource, plainLine } from '../../../support/plainSource.ts';

const lines = [1, 2, 3, 4, 5].map((n) => plainLine({ id: `c${n}`, output: n }));

describe('record files', function () {
  this.timeout(20_000);
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
  });
  afterEach(() => bench.close());

  const write = (name: string, text: string) => writeFileSync(join(bench.folder, name), text);
  const keys = () =>
    bench
      .rows('SELECT key FROM call ORDER BY key')
      .map((r) => r['key'])
      .join(' ');
  const files = () =>
    bench
      .rows('SELECT path, offset, gone, calls FROM file ORDER BY id')
      .map((r) => ({ ...r, path: String(r['path']).slice(bench.folder.length + 1) }));
  const all = lines.join('');

  it('a file moved elsewhere keeps its row and place', () => {
    write('a.jsonl', all);
    bench.read('a.jsonl');
    renameSync(join(bench.folder, 'a.jsonl'), join(bench.folder, 'b.jsonl'));
    appendFileSync(join(bench.folder, 'b.jsonl'), plainLine({ id: 'c6' }));
    bench.read('b.jsonl');
    assert.equal(keys(), 'c1 c2 c3 c4 c5 c6');
    assert.deepEqual(files(), [
      { path: 'b.jsonl', offset: statSync(join(bench.folder, 'b.jsonl')).size, gone: 0, calls: 6 },
    ]);
  });

  it('a copy beside the original is read as a file of its own, its calls counted once', () => {
    write('a.jsonl', all);
    bench.read('a.jsonl');
    copyFileSync(join(bench.folder, 'a.jsonl'), join(bench.folder, 'b.jsonl'));
    bench.read('b.jsonl');
    assert.equal(keys(), 'c1 c2 c3 c4 c5');
    assert.deepEqual(
      files().map((f) => f.path),
      ['a.jsonl', 'b.jsonl'],
    );
  });

  it('a deleted file is marked gone, its calls stay, and it may come back', () => {
    write('a.jsonl', all);
    bench.read('a.jsonl');
    rmSync(join(bench.folder, 'a.jsonl'));
    bench.read('a.jsonl');
    assert.deepEqual(bench.list('SELECT gone FROM file'), ['1']);
    assert.equal(keys(), 'c1 c2 c3 c4 c5');
    write('a.jsonl', all);
    bench.read('a.jsonl');
    assert.deepEqual(bench.list('SELECT gone FROM file'), ['0']);
    assert.equal(keys(), 'c1 c2 c3 c4 c5');
  });

  it('the calls of a rewritten file stay and point to where they now stand', () => {
    write('a.jsonl', all);
    bench.read('a.jsonl');
    write('a.jsonl', `${lines[3]}${lines[4]}`);
    bench.read('a.jsonl');
    assert.equal(keys(), 'c1 c2 c3 c4 c5');
    const rows = bench.list('SELECT c.key, c.line, f.gone FROM call c JOIN file f ON f.id = c.file ORDER BY c.key');
    assert.deepEqual(rows, ['c1 0 1', 'c2 1 1', 'c3 2 1', 'c4 0 0', 'c5 1 0']);
  });

  it('a rewrite with the same first bytes and a greater length is noticed', () => {
    const head = `${'x'.repeat(5000)}\n`;
    write('a.jsonl', `${head}${lines[0]}`);
    bench.read('a.jsonl');
    write('a.jsonl', `${head}${lines[1]}${lines[2]}`);
    bench.read('a.jsonl');
    assert.equal(keys(), 'c1 c2 c3');
  });

  it('bad lines are problems and cost no record beside them', () => {
    const huge = plainLine({ id: 'h', output: 1e300 });
    write('a.jsonl', `${lines[0]}{"usage":\n{"bad"}\n${huge}${lines[1]}`);
    bench.read('a.jsonl');
    assert.equal(keys(), 'c1 c2');
    assert.deepEqual(bench.list('SELECT line, reason FROM problem ORDER BY line'), [
      '1 a line that is not JSON',
      '2 a line that could not be read (Error)',
      '3 a record whose numbers are out of range',
    ]);
  });

  it('a line too long to read is a problem, the next one is read', () => {
    write('a.jsonl', `${lines[0]}{"usage":"${'x'.repeat(9000)}"}\n${lines[1]}`);
    bench.read('a.jsonl', 512, 4000);
    assert.equal(keys(), 'c1 c2');
    assert.match(String(bench.rows('SELECT reason FROM problem')[0]?.['reason']), /too long/);
  });

  it('a whole record at the end counts before its line break comes', () => {
    const bare = (lines[1] ?? '').trimEnd();
    write('a.jsonl', `${lines[0]}${bare}`);
    bench.read('a.jsonl');
    assert.equal(keys(), 'c1 c2');
    appendFileSync(join(bench.folder, 'a.jsonl'), `\n${(lines[2] ?? '').slice(0, -3)}`);
    bench.read('a.jsonl');
    assert.equal(keys(), 'c1 c2');
    appendFileSync(join(bench.folder, 'a.jsonl'), (lines[2] ?? '').slice(-3));
    bench.read('a.jsonl');
    assert.deepEqual(bench.list('SELECT key, line FROM call ORDER BY key'), ['c1 0', 'c2 1', 'c3 2']);
  });

  it('a long torn line is searched once and read when it ends', () => {
    const begun = `{"usage":{"id":"long","turn":"${'x'.repeat(3_000_000)}`;
    write('a.jsonl', `${lines[0]}${begun}`);
    bench.read('a.jsonl', 65_536);
    appendFileSync(join(bench.folder, 'a.jsonl'), 'yyy');
    bench.read('a.jsonl', 65_536);
    assert.equal(keys(), 'c1');
    appendFileSync(join(bench.folder, 'a.jsonl'), `"}}\n${lines[1]}`);
    bench.read('a.jsonl', 65_536);
    assert.equal(keys(), 'c1 c2 long');
  });

  it('an unreadable file is a problem until it can be read', function () {
    if (process.getuid?.() === 0) this.skip();
    write('a.jsonl', all);
    chmodSync(join(bench.folder, 'a.jsonl'), 0);
    bench.read('a.jsonl');
    assert.equal(bench.rows('SELECT * FROM problem').length, 1);
    chmodSync(join(bench.folder, 'a.jsonl'), 0o600);
    bench.read('a.jsonl');
    assert.deepEqual(bench.rows('SELECT * FROM problem'), []);
    assert.equal(keys(), 'c1 c2 c3 c4 c5');
  });

  it('what could not be read is a problem until it can be', () => {
    write('a.jsonl', all);
    const path = join(bench.folder, 'a.jsonl');
    bench.writer.files.setUnreadable(path, 'plain', 'cannot be read: permission denied');
    bench.writer.files.setUnreadable(bench.folder, 'plain', 'cannot be read: permission denied');
    assert.equal(bench.rows('SELECT * FROM problem').length, 2);
    bench.read('a.jsonl');
    bench.writer.files.setReadable(bench.folder);
    assert.deepEqual(bench.rows('SELECT * FROM problem'), []);
    assert.deepEqual(
      files().map((f) => f.path),
      ['a.jsonl'],
    );
  });

  it('compressed files are read whole, their copies of plain calls counted once', async () => {
    write('a.jsonl', `${lines[0]}${lines[1]}`);
    bench.read('a.jsonl');
    writeFileSync(join(bench.folder, 'b.jsonl.zst'), zstdCompressSync(Buffer.from(all)));
    const target = bench.target('b.jsonl.zst');
    assert.equal((await readCompressed(bench.writer, target, 2)).state, 'end');
    assert.equal(keys(), 'c1 c2 c3 c4 c5');
    assert.equal((await readCompressed(bench.writer, target, 2)).change, null);
    writeFileSync(join(bench.folder, 'c.jsonl.zst'), 'not compressed at all');
    assert.equal((await readCompressed(bench.writer, bench.target('c.jsonl.zst'), 2)).state, 'failed');
    assert.equal(bench.rows('SELECT reason FROM problem')[0]?.['reason'], 'cannot be decompressed');
  });

  it('discovery follows links once, skips pipes and finds a plain file before its compressed twin', () => {
    mkdirSync(join(bench.folder, 'root', 'p', 'q'), { recursive: true });
    const root = join(bench.folder, 'root');
    for (const name of ['a.jsonl', 'p/b.jsonl', 'p/b.jsonl.zst', 'p/q/c.jsonl.zst', 'p/notes.txt'])
      writeFileSync(join(root, name), 'x');
    symlinkSync(root, join(root, 'p', 'q', 'loop'));
    symlinkSync('nowhere', join(root, 'dead.jsonl'));
    const found = [...discover({ path: root, below: '' }, createPlainSource(root), new Set())];
    assert.deepEqual(found.flatMap((f) => (f.kind === 'file' ? [f.target.below] : [])).toSorted(), [
      'a.jsonl',
      'p/b.jsonl',
      'p/q/c.jsonl.zst',
    ]);
    assert.deepEqual(found.flatMap((f) => (f.kind === 'folder' ? [f.place.below] : [])).toSorted(), ['', 'p', 'p/q']);
    assert.deepEqual([...discover({ path: join(root, 'none'), below: '' }, createPlainSource(root), new Set())], []);
  });

  it('a file whose reader died after making its row is read', () => {
    write('a.jsonl', all);
    const { size, mtimeMs, dev, ino } = statSync(join(bench.folder, 'a.jsonl'));
    const stamp = { size, mtime: Math.floor(mtimeMs), identity: `${dev}:${ino}` };
    bench.writer.files.create(join(bench.folder, 'a.jsonl'), 'plain', stamp);
    bench.read('a.jsonl');
    assert.equal(keys(), 'c1 c2 c3 c4 c5');
  });

  it('an unchanged file costs no transaction', () => {
    write('a.jsonl', all);
    bench.read('a.jsonl');
    const before = bench.rows('SELECT total_changes() AS n')[0]?.['n'];
    bench.read('a.jsonl');
    assert.equal(bench.rows('SELECT total_changes() AS n')[0]?.['n'], before);
    utimesSync(join(bench.folder, 'a.jsonl'), 1, 1);
    bench.read('a.jsonl');
    assert.equal(keys(), 'c1 c2 c3 c4 c5');
  });
});
