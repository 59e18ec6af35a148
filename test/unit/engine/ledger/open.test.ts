import assert from 'node:assert/strict';
import { openSync, closeSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createFileReader } from '../../../../src/engine/ingest/readFile.ts';
import { NewerLedgerError } from '../../../../src/engine/ledger/migrate.ts';
import { openLedger, openReader } from '../../../../src/engine/ledger/open.ts';
import { createWriter } from '../../../../src/engine/ledger/write.ts';
import { priceByToken, readToEnd, tempFolder } from '../../../support/ledgerBench.ts';
import { createPlainSource, plainLine } from '../../../support/plainSource.ts';

/** A ledger with calls of a file that still exists and of one that is gone. */
function fill(folder: string, ledger: string, calls: number): void {
  const { db } = openLedger(ledger);
  const reader = createFileReader(createWriter(db, { price: priceByToken, projectOf: (cwd) => cwd }));
  for (const name of ['kept', 'gone']) {
    const path = join(folder, `${name}.jsonl`);
    const line = (n: number) =>
      plainLine({ id: `${name}${n}`, output: n + 1, session: name, cwd: `/p/${n % 3}`, branch: 'main' });
    writeFileSync(path, Array.from({ length: calls }, (_, n) => line(n)).join(''));
    readToEnd(reader, { path, below: `${name}.jsonl`, source: createPlainSource(folder) }, 65_536);
  }
  rmSync(join(folder, 'gone.jsonl'));
  db.close();
}

const count = (db: DatabaseSync, where = '1') =>
  Number(db.prepare(`SELECT count(*) AS n FROM call WHERE ${where}`).get()?.['n']);

describe('opening the ledger', function () {
  this.timeout(20_000);
  let temp: ReturnType<typeof tempFolder>;
  let ledger: string;
  beforeEach(() => {
    temp = tempFolder();
    ledger = join(temp.path, 'data', 'burn-meter', 'ledger.db');
  });
  afterEach(() => temp.remove());

  it('makes folders and tables, readable by its user only, in WAL mode', () => {
    const { db, notice } = openLedger(ledger);
    assert.equal(notice, null);
    assert.equal(db.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
    assert.equal(db.prepare('PRAGMA foreign_keys').get()?.['foreign_keys'], 1);
    assert.equal(db.prepare('PRAGMA busy_timeout').get()?.['timeout'], 5000);
    const places = ['..', '../ledger.db', '../ledger.db-wal', '../ledger.db-shm'].map((name) => join(ledger, name));
    const foreign = places.map((place) => statSync(place).mode & 0o077);
    if (process.platform !== 'win32') assert.deepEqual(foreign, [0, 0, 0, 0]);
    const reader = openReader(ledger);
    assert.equal(count(reader), 0);
    assert.throws(() => reader.exec('DELETE FROM call'));
    reader.close();
    db.close();
  });

  it('refuses a newer schema politely and leaves it as it is', () => {
    openLedger(ledger).db.close();
    const newer = new DatabaseSync(ledger);
    newer.exec('PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)');
    newer.close();
    const before = readFileSync(ledger);
    assert.throws(() => openLedger(ledger), NewerLedgerError);
    assert.deepEqual(readFileSync(ledger), before);
    assert.deepEqual(
      readdirSync(join(ledger, '..')).filter((n) => n.includes('damaged')),
      [],
    );
  });

  it('sets aside what is no database and starts anew', () => {
    openLedger(ledger).db.close();
    writeFileSync(ledger, 'this is no database, and long enough to be told from an empty file '.repeat(50));
    const { db, notice } = openLedger(ledger);
    assert.match(notice ?? '', /was damaged/);
    assert.equal(count(db), 0);
    assert.equal(readdirSync(join(ledger, '..')).filter((n) => n.includes('damaged')).length, 1);
    db.close();
    assert.equal(openLedger(ledger).notice, null);
  });

  it('carries over calls whose records are gone, once each', () => {
    fill(temp.path, ledger, 50);
    const cost = sumOfGone(ledger);
    // The index of instants: the rows themselves stay readable.
    spoil(ledger, 'call_at');
    const { db, notice } = openLedger(ledger);
    assert.match(notice ?? '', /50 calls/);
    assert.equal(count(db), 50);
    assert.equal(count(db, "key LIKE 'gone%'"), 50);
    assert.equal(count(db, 'file IN (SELECT id FROM file WHERE gone = 1)'), 50);
    assert.deepEqual(db.prepare('PRAGMA foreign_key_check').all(), []);
    db.close();
    assert.equal(sumOfGone(ledger), cost);
  });

  it('carries over what it can of spoiled rows', () => {
    fill(temp.path, ledger, 1500);
    spoil(ledger, 'call', 1);
    const { db, notice } = openLedger(ledger);
    assert.match(notice ?? '', /was damaged/);
    const kept = count(db, "key LIKE 'gone%'");
    assert.ok(kept > 500 && kept <= 1500, `${kept} of 1500`);
    assert.equal(count(db, "key LIKE 'kept%'"), 0);
    db.close();
  });
});

function sumOfGone(ledger: string): unknown {
  const db = openReader(ledger);
  const sql =
    "SELECT sum(cost) AS cost, group_concat(DISTINCT p.path) AS p FROM charge h JOIN call c ON c.id = h.call JOIN project p ON p.id = c.project WHERE c.key LIKE 'gone%'";
  const row = db.prepare(sql).get();
  db.close();
  return row?.['cost'];
}

/** Overwrites a page of a table or index: its root, or some other page of it. */
function spoil(ledger: string, name: string, nth = 0): void {
  const db = new DatabaseSync(ledger);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
  const size = Number(db.prepare('PRAGMA page_size').get()?.['page_size']);
  const root = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)?.['rootpage']);
  db.close();
  const bytes = readFileSync(ledger);
  // The n-th child of an interior table page (type 5), else the page itself.
  const start = (root - 1) * size;
  const cell = bytes.readUInt16BE(start + 12 + 2 * nth);
  const page = nth > 0 && bytes[start] === 5 ? bytes.readUInt32BE(start + cell) : root;
  const fd = openSync(ledger, 'r+');
  writeSync(fd, Buffer.alloc(size, 0xa5), 0, size, (page - 1) * size);
  closeSync(fd);
}
