import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { build } from 'esbuild';
import { tempFolder } from '../../support/ledgerBench.ts';
import { appendRecords, generateRecords } from '../../support/records.ts';
import type { RecordFile } from '../../support/records.ts';
import { seeded } from '../../support/seeded.ts';

const bundles = tempFolder();
// Bundled once: a hundred starts from source would take minutes.
const child = join(bundles.path, 'child.mjs');

/** Runs an engine over the home; it kills itself at the n-th step of its database, or is killed after `ms`. */
async function ingest(home: string, ledger: string, fatalStep = 0, ms = 0): Promise<NodeJS.Signals | null> {
  const engine = spawn(
    process.execPath,
    [...process.execArgv, '--no-warnings', child, home, ledger, String(fatalStep)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { HOME: home, PATH: process.env['PATH'] },
    },
  );
  const timer = ms > 0 ? setTimeout(() => engine.kill('SIGKILL'), ms) : undefined;
  await once(engine, 'exit');
  const { exitCode: code, signalCode: signal } = engine;
  clearTimeout(timer);
  assert.ok(code === 0 || signal === 'SIGKILL', `exit ${code} ${signal}`);
  return signal;
}

/** All that a total could be made of, without row ids and which of equal copies was read first. */
function contents(ledger: string): unknown {
  const db = new DatabaseSync(ledger, { readOnly: true });
  const rows = (sql: string) => {
    const statement = db.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all();
  };
  const all = {
    check: rows('PRAGMA quick_check'),
    foreignKeys: rows('PRAGMA foreign_key_check'),
    calls: rows(`
      SELECT c.key, c.grp, c.replay, c.rank, c.at, s.key AS session, p.path AS project, b.name AS branch, c.subagent
      FROM call c JOIN session s ON s.id = c.session LEFT JOIN project p ON p.id = c.project LEFT JOIN branch b ON b.id = c.branch ORDER BY c.key`),
    charges: rows(`
      SELECT c.key, h.*, m.name FROM charge h JOIN call c ON c.id = h.call JOIN model m ON m.id = h.model
      ORDER BY c.key, h.part`).map(({ call: _call, model: _model, ...rest }) => rest),
    files: rows('SELECT path, offset, line, head, size, calls, gone FROM file ORDER BY path'),
    problems: rows('SELECT f.path, p.offset, p.reason FROM problem p JOIN file f ON f.id = p.file ORDER BY 1, 2'),
  };
  db.close();
  return all;
}

/** Writes the records to the home in pieces that end anywhere, the way agents append. */
function createFeed(home: string, files: readonly RecordFile[], random: (n: number) => number) {
  const rest = files.map(({ path, lines }) => ({ path, text: lines.join('') }));
  return {
    some: () => {
      for (const file of rest) {
        const cut = random(12) === 0 ? file.text.length : random(Math.min(file.text.length + 1, 12_000));
        appendRecords(home, file.path, file.text.slice(0, cut));
        file.text = file.text.slice(cut);
      }
    },
    all: () => {
      for (const file of rest) appendRecords(home, file.path, file.text);
    },
  };
}

describe('after a crash', function () {
  this.timeout(120_000);
  before(async () => {
    const entry = join(import.meta.dirname, '../../support/crashChild.ts');
    await build({
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: child,
      logLevel: 'warning',
    });
  });
  after(bundles.remove);

  // 100 kills: each round has its own home and ledger, killed ten times while its records grow.
  for (let round = 1; round <= 10; round += 1) {
    it(`the ledger equals that of an undisturbed run (round ${round})`, async () => {
      const temp = tempFolder();
      const random = seeded(round);
      const home = join(temp.path, 'home');
      const ledger = join(temp.path, 'data', 'ledger.db');
      const feed = createFeed(home, generateRecords(round, 8, 40), random);
      let kills = 0;
      for (let attempts = 0; kills < 10 && attempts < 40; attempts += 1) {
        feed.some();
        // Early steps make the tables, later ones are in the midst of commits; every fifth kill comes from outside.
        const outside = attempts % 5 === 4;
        const step = 1 + random(attempts < 2 ? 12 : 40);
        const signal = await ingest(home, ledger, outside ? 0 : step, outside ? 30 + random(70) : 0);
        if (signal === 'SIGKILL') kills += 1;
      }
      feed.all();
      assert.equal(kills, 10);
      await ingest(home, ledger);
      const calm = join(temp.path, 'calm', 'ledger.db');
      await ingest(home, calm);
      assert.deepEqual(contents(ledger), contents(calm));
      temp.remove();
    });
  }

  it('two engines at once on one ledger leave the same totals', async () => {
    const temp = tempFolder();
    const home = join(temp.path, 'home');
    createFeed(home, generateRecords(77, 10, 30), seeded(77)).all();
    const shared = join(temp.path, 'shared', 'ledger.db');
    const calm = join(temp.path, 'calm', 'ledger.db');
    await Promise.all([ingest(home, shared), ingest(home, shared)]);
    await ingest(home, calm);
    assert.deepEqual(contents(shared), contents(calm));
    temp.remove();
  });
});
