import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createLease, silentMs } from '../../../../src/engine/ledger/lease.ts';
import { createBench } from '../../../support/ledgerBench.ts';
import type { Bench } from '../../../support/ledgerBench.ts';

describe('the ingest lease', function () {
  this.timeout(20_000);
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
  });
  afterEach(() => bench.close());

  it('is held by one, kept by beats, taken when silent and given back at once', () => {
    const a = createLease(bench.db, 'a');
    const b = createLease(bench.db, 'b');
    assert.equal(a.hold(1000, 'first'), true);
    assert.equal(b.hold(2000, null), false);
    assert.equal(a.hold(20_000, 'second'), true);
    assert.equal(b.scan(), 'second');
    assert.equal(b.hold(20_000 + silentMs - 1, null), false);
    assert.equal(b.hold(20_000 + silentMs, null), true);
    assert.equal(a.hold(20_001 + silentMs, null), false);
    assert.equal(a.hold(20_001 + silentMs, null, true), true);
    b.release();
    assert.equal(b.hold(20_002 + silentMs, null), false);
    a.release();
    assert.equal(b.hold(20_002 + silentMs, null), true);
  });

  it('a clock set back does not leave it with a holder from the future', () => {
    createLease(bench.db, 'a').hold(1e12, null);
    assert.equal(createLease(bench.db, 'b').hold(1e11, null), true);
  });

  it('is free when what is written of it cannot be read', () => {
    bench.db.exec("INSERT INTO meta VALUES ('lease', '{\"owner\":')");
    assert.equal(createLease(bench.db, 'a').hold(1000, null), true);
  });

  it('a holder whose process has ended is replaced at once', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    createLease(bench.db, 'a').hold(1000, null);
    bench.db.exec(`UPDATE meta SET value = json_set(value, '$.pid', ${dead}) WHERE key = 'lease'`);
    assert.equal(createLease(bench.db, 'b').hold(1001, null), true);
  });

  it('an idle holder seldom writes', () => {
    const lease = createLease(bench.db, 'a');
    lease.hold(0, 'idle');
    const before = bench.rows('SELECT total_changes() AS n')[0]?.['n'];
    for (let at = 1000; at < 9000; at += 1000) assert.equal(lease.hold(at, 'idle'), true);
    assert.equal(bench.rows('SELECT total_changes() AS n')[0]?.['n'], before);
  });
});
