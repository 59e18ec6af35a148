import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signal } from '../../../../src/core/usage.ts';
import { createFileReader } from '../../../../src/engine/ingest/readFile.ts';
import { openLedger } from '../../../../src/engine/ledger/open.ts';
import { createWriter } from '../../../../src/engine/ledger/write.ts';
import { createBench, priceByToken, readToEnd } from '../../../support/ledgerBench.ts';
import type { Bench } from '../../../support/ledgerBench.ts';
import { plainLine } from '../../../support/plainSource.ts';
import type { PlainCall } from '../../../support/plainSource.ts';
import { seeded } from '../../../support/seeded.ts';

function signal(s: Signal): string {
  return `${JSON.stringify({ signal: s })}\n`;
}

describe('writing to the ledger', function () {
  this.timeout(20_000);
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
  });
  afterEach(() => bench.close());

  const write = (name: string, ...lines: string[]) => {
    appendFileSync(join(bench.folder, name), lines.join(''));
    bench.read(name);
  };
  const calls = () => bench.list("SELECT key || ':' || rank FROM call ORDER BY key").join(' ');

  it('the most complete record of a call stays, under its first row id', () => {
    write('a.jsonl', plainLine({ id: 'a', output: 3 }), plainLine({ id: 'b' }));
    const row = bench.rows("SELECT id FROM call WHERE key = 'a'")[0];
    write('a.jsonl', plainLine({ id: 'a', output: 400 }), plainLine({ id: 'a', output: 50 }));
    assert.equal(calls(), 'a:400 b:10');
    assert.deepEqual(bench.rows("SELECT id FROM call WHERE key = 'a'")[0], row);
    assert.deepEqual(bench.rows('SELECT sum(output) AS o, sum(cost) AS c, count(*) AS n FROM charge')[0], {
      __proto__: null,
      o: 410,
      c: 430,
      n: 2,
    });
  });

  it('any order of reading leaves the same calls', () => {
    const records: PlainCall[] = [
      { id: 'x1', group: 'x', output: 5, session: 's1' },
      { id: 'x1', group: 'x', output: 9, session: 's1' },
      { id: 'x2', group: 'x', output: 9, session: 's2', replay: true },
      { id: 'y1', group: 'y', output: 7, replay: true, session: 's3' },
      { id: 'y2', group: 'y', output: 8, replay: true, session: 's4' },
      { id: 'z1', group: 'z', at: 5 },
      { id: 'z2', group: 'z', at: 6 },
    ];
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = seeded(seed);
      const shuffled = records.map((r) => ({ r, k: random(1e9) })).toSorted((a, b) => a.k - b.k);
      const own = createBench();
      shuffled.forEach(({ r }, i) => {
        writeFileSync(join(own.folder, `${i}.jsonl`), plainLine(r));
        own.read(`${i}.jsonl`);
      });
      assert.equal(own.list("SELECT key || ':' || rank FROM call ORDER BY key").join(' '), 'x1:9 y2:8 z1:10 z2:10');
      own.close();
    }
  });

  it('a writer that lost the race writes nothing', () => {
    write('a.jsonl', plainLine({ id: 'a' }));
    const row = bench.writer.files.byPath(join(bench.folder, 'a.jsonl'));
    assert.ok(row);
    const facts = [{ fact: { type: 'problem' as const, reason: 'late' }, offset: 0, line: 0 }];
    const batch = { agent: 'plain', facts, to: { ...row, offset: 1 } };
    assert.equal(bench.writer.write({ ...batch, file: { ...row, offset: row.offset - 1 } }), 'moved');
    assert.equal(bench.writer.write({ ...batch, file: { ...row, head: 'other' } }), 'moved');
    assert.deepEqual(bench.rows('SELECT * FROM problem'), []);
    assert.deepEqual(bench.writer.files.byPath(row.path), row);
  });

  it('ids made in a batch that was undone are not used by the next', () => {
    let fail = true;
    const writer = createWriter(bench.db, {
      projectOf: (cwd) => cwd,
      price: (event) => {
        if (fail && event.id === 'b') throw new Error('planted');
        return priceByToken(event);
      },
    });
    const reader = createFileReader(writer);
    const path = join(bench.folder, 'a.jsonl');
    writeFileSync(
      path,
      ['a', 'b'].map((id) => plainLine({ id, cwd: '/p', branch: 'br', session: 'new', model: 'm' })).join(''),
    );
    assert.throws(() => readToEnd(reader, bench.target('a.jsonl'), 4096), /planted/);
    fail = false;
    readToEnd(reader, bench.target('a.jsonl'), 4096);
    assert.equal(calls(), 'a:10 b:10');
    assert.deepEqual(bench.rows('PRAGMA foreign_key_check'), []);
  });

  it('two connections reading the same growing files leave every call once', () => {
    const { db } = openLedger(bench.ledger);
    const other = createFileReader(createWriter(db, { price: priceByToken, projectOf: (cwd) => cwd }));
    const random = seeded(9);
    for (let i = 0; i < 200; i += 1) {
      const name = `${random(3)}.jsonl`;
      appendFileSync(join(bench.folder, name), plainLine({ id: `c${random(120)}`, output: random(9) + 1 }));
      const [first, second] = random(2) === 0 ? [bench.reader, other] : [other, bench.reader];
      if (random(3) > 0) readToEnd(first, bench.target(name), 64);
      if (random(3) > 0) readToEnd(second, bench.target(name), 64);
    }
    for (const name of ['0.jsonl', '1.jsonl', '2.jsonl']) bench.read(name);
    const keys = bench.rows('SELECT key FROM call');
    assert.equal(new Set(keys.map((r) => r['key'])).size, keys.length);
    assert.equal(bench.rows('SELECT sum(calls) AS n FROM file')[0]?.['n'], 200);
    db.close();
  });

  it('what a session does goes by the instant of the record, not by the order of reading', () => {
    const at = Date.UTC(2026, 8, 1);
    const request = {
      kind: 'request',
      session: 's1',
      subagent: null,
      model: 'm',
      effort: 'high',
      maxOutput: 9,
      cwd: '/p',
    } as const;
    write(
      'a.jsonl',
      signal({ ...request, at: at + 5 }),
      signal({ kind: 'turnEnd', session: 's1', turn: 't', at: at + 2 }),
    );
    write('b.jsonl', plainLine({ id: 'a', at: at + 3 }), signal({ kind: 'plan', session: 's1', at, plan: 'max' }));
    const row = bench.rows('SELECT kind, at, model, max_output, plan FROM activity');
    assert.deepEqual(row, [{ __proto__: null, kind: 'request', at: at + 5, model: 'm', max_output: 9, plan: 'max' }]);
    const tokens = { input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output: 5, thinking: null };
    const claim = { kind: 'claim', session: 's1', model: 'm', tokens, webSearches: 0 } as const;
    write('a.jsonl', signal({ ...claim, at: 20, usd: 1.25 }), signal({ ...claim, at: 10, usd: 0.5 }));
    assert.deepEqual(bench.rows('SELECT at, cost FROM claim'), [{ __proto__: null, at: 20, cost: 1_250_000_000_000 }]);
  });

  it('other connections learn what a commit touched', () => {
    const { db } = openLedger(bench.ledger);
    const theirs = createWriter(db, { price: priceByToken, projectOf: (cwd) => cwd }).changes;
    assert.equal(theirs.foreign(), null);
    write('a.jsonl', plainLine({ id: 'a', at: 50 }), plainLine({ id: 'b', at: 40 }));
    write('a.jsonl', plainLine({ id: 'c', at: 60 }));
    assert.deepEqual(theirs.foreign(), { earliest: 40, calls: 3, rebuilt: false });
    assert.equal(theirs.foreign(), null);
    assert.equal(bench.writer.changes.foreign(), null);
    for (let i = 0; i < 70; i += 1) write('a.jsonl', plainLine({ id: `m${i}` }));
    assert.deepEqual(theirs.foreign(), { earliest: null, calls: 0, rebuilt: true });
    bench.db.exec("UPDATE meta SET value = '{' WHERE key = 'changes'");
    write('a.jsonl', plainLine({ id: 'z' }));
    assert.equal(bench.rows("SELECT 1 FROM call WHERE key = 'z'").length, 1, 'a garbled ring stops no record');
    assert.equal(theirs.foreign()?.rebuilt, true);
    db.close();
  });
});
