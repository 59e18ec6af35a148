import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import type { Scan } from '../../../../src/core/snapshot.ts';
import { startIngest } from '../../../../src/engine/ingest/ingest.ts';
import type { Change, Ingest } from '../../../../src/engine/ingest/ingest.ts';
import { openLedger } from '../../../../src/engine/ledger/open.ts';
import { rowText, tempFolder } from '../../../support/ledgerBench.ts';
import { createPlainSource, plainLine } from '../../../support/plainSource.ts';

const card = defaultRateCard({ overrides: {}, aliases: {} });

interface Running {
  readonly ingest: Ingest;
  readonly scans: Scan[];
  readonly keys: () => string;
  /** Resolves when a change has made `done` true. */
  until(done: () => boolean): Promise<void>;
  stop(): void;
}

function start(root: string, ledgerPath: string): Running {
  const { db } = openLedger(ledgerPath);
  const scans: Scan[] = [];
  const logged: string[] = [];
  let heard: ((change: Change) => void) | null = null;
  const ingest = startIngest({
    db,
    ledgerPath,
    sources: [createPlainSource(root)],
    homes: [{ platform: 'linux', home: dirname(root), env: {} }],
    card: () => card,
    now: () => Date.now(),
    onChange: (change) => heard?.(change),
    onScan: (scan) => void scans.push(scan),
    log: (level, message) => void logged.push(`${level} ${message}`),
  });
  const keys = () =>
    db
      .prepare('SELECT key FROM call ORDER BY key')
      .all()
      .map((r) => r['key'])
      .join(' ');
  return {
    ingest,
    scans,
    keys,
    until: (done) =>
      new Promise((resolve) => {
        heard = () => done() && resolve();
        if (done()) resolve();
      }),
    stop: () => {
      ingest.dispose();
      db.close();
      assert.deepEqual(logged, []);
    },
  };
}

describe('live ingest', function () {
  this.timeout(20_000);
  let temp: ReturnType<typeof tempFolder>;
  let root: string;
  let ledger: string;
  const running: Running[] = [];
  const begin = () => {
    const one = start(root, ledger);
    running.push(one);
    return one;
  };
  beforeEach(() => {
    temp = tempFolder();
    root = join(temp.path, 'home', 'records');
    ledger = join(temp.path, 'data', 'ledger.db');
    mkdirSync(root, { recursive: true });
  });
  afterEach(() => {
    for (const one of running.splice(0)) one.stop();
    temp.remove();
  });
  const file = (name: string) => join(root, name);
  const put = (name: string, ...ids: string[]) => {
    mkdirSync(dirname(file(name)), { recursive: true });
    appendFileSync(file(name), ids.map((id) => plainLine({ id })).join(''));
  };

  it('reads what is there, then what is appended, in new files and new folders too', async () => {
    put('a/1.jsonl', 'a1');
    const engine = begin();
    await engine.ingest.settled();
    assert.equal(engine.keys(), 'a1');
    put('a/1.jsonl', 'a2');
    await engine.until(() => engine.keys() === 'a1 a2');
    put('a/2.jsonl', 'b1');
    await engine.until(() => engine.keys() === 'a1 a2 b1');
    put('new/deep/er/3.jsonl', 'c1');
    await engine.until(() => engine.keys() === 'a1 a2 b1 c1');
    put('new/deep/er/3.jsonl', 'c2');
    await engine.until(() => engine.keys() === 'a1 a2 b1 c1 c2');
  });

  it('appended records do not wait for a backfill', async () => {
    const filler = `${'x'.repeat(900)}"usage"\n`.repeat(400);
    for (let i = 0; i < 60; i += 1) writeFileSync(file(`old${i}.jsonl`), filler);
    put('live.jsonl', 'l0');
    const engine = begin();
    for (let i = 1; i <= 5; i += 1) {
      put('live.jsonl', `l${i}`);
      await engine.until(() => engine.keys().split(' ').includes(`l${i}`));
    }
    assert.equal(engine.scans.at(-1)?.state, 'scanning');
    await engine.ingest.settled();
  });

  it('notices at once that an agent makes its folder', async () => {
    rmSync(root, { recursive: true });
    const engine = begin();
    await engine.ingest.settled();
    put('first/run/1.jsonl', 'a1');
    await engine.until(() => engine.keys() === 'a1');
    put('first/run/1.jsonl', 'a2');
    await engine.until(() => engine.keys() === 'a1 a2');
  });

  it('a cancelled scan goes on where it stopped', async () => {
    for (let i = 0; i < 30; i += 1) put(`${i}.jsonl`, ...Array.from({ length: 100 }, (_, n) => `${i}-${n}`));
    const engine = begin();
    await engine.until(() => engine.keys() !== '');
    engine.ingest.cancelScan();
    await engine.ingest.settled();
    const partial = engine.keys().split(' ').length;
    assert.ok(partial < 3000, String(partial));
    assert.equal(engine.scans.at(-1)?.state, 'cancelled');
    put('live.jsonl', 'now');
    await engine.until(() => engine.keys().includes('now'));
    engine.ingest.resumeScan();
    await engine.ingest.settled();
    assert.equal(engine.keys().split(' ').length, 3001);
    const last = engine.scans.at(-1);
    assert.equal(last?.state, 'idle');
    assert.equal(last?.filesDone, last?.filesTotal);
    assert.equal(last?.bytesDone, last?.bytesTotal);
  });

  it('a rebuild reads every record again and keeps the calls of those that are gone', async () => {
    put('a.jsonl', 'a1', 'a2');
    put('b.jsonl', 'b1');
    const engine = begin();
    await engine.ingest.settled();
    rmSync(file('b.jsonl'));
    const { db } = openLedger(ledger);
    db.exec("UPDATE charge SET cost = 1; DELETE FROM call WHERE key = 'a2'");
    db.close();
    engine.ingest.rebuild();
    await engine.until(() => engine.keys() === 'a1 a2 b1');
    await engine.ingest.settled();
    const reader = openLedger(ledger).db;
    const costs = reader
      .prepare('SELECT c.key, h.cost = 1 AS old FROM charge h JOIN call c ON c.id = h.call ORDER BY 1')
      .all();
    reader.close();
    assert.deepEqual(costs.map(rowText), ['a1 0', 'a2 0', 'b1 1']);
  });

  it('of two engines one reads, the other follows and takes over', async () => {
    put('a.jsonl', 'a1');
    const first = begin();
    const second = begin();
    await second.until(() => second.keys() === 'a1');
    put('a.jsonl', 'a2');
    await second.until(() => second.keys() === 'a1 a2');
    running.splice(0, 1);
    first.stop();
    put('a.jsonl', 'a3');
    await second.until(() => second.keys() === 'a1 a2 a3');
  });
});
