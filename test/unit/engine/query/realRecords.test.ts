import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { sources } from '../../../../src/core/sources/index.ts';
import { readReport } from '../../../../src/engine/cli/report.ts';
import { scanOnce } from '../../../../src/engine/ingest/ingest.ts';
import { migrations } from '../../../../src/engine/ledger/schema.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures');

// What the vendor billed for each real client's run: calls; input, read, write 5m, write 1h, output, thinking; USD.
const runs: readonly (readonly [run: string, calls: number, tokens: readonly number[], usd: number])[] = [
  ['claude/abort', 3, [18, 23841, 15838, 0, 34, 0], 0.08471],
  ['claude/cache1h', 8, [54, 103548, 0, 25293, 1644, 1043], 0.25615],
  ['claude/effort-max', 13, [94, 86081, 115713, 0, 52, 0], 0.456578],
  ['claude/hooks-http-log', 5, [38, 31043, 27680, 0, 141, 37], 0.147581],
  ['claude/long', 24, [165, 611587, 0, 112494, 2564, 1563], 1.074209],
  ['claude/multimodel', 6, [45, 31716, 48637, 0, 154, 61], 0.129877],
  ['claude/multiturn', 8, [54, 104023, 25362, 0, 1645, 1043], 0.180731],
  ['claude/resume', 7, [49, 61268, 32253, 0, 371, 237], 0.181135],
  ['claude/simple', 1, [1, 0, 13152, 0, 13, 0], 0.066024],
  ['claude/subagent', 8, [54, 37613, 40689, 0, 481, 73], 0.220804],
  ['claude/v197-multiturn', 8, [1705, 156008, 30552, 0, 1648, 0], 0.318679],
  ['codex/cachewrite', 8, [512, 83584, 16036, 0, 2405, 2121], 0.196682],
  ['codex/compact', 10, [29311, 66688, 0, 0, 2417, 2121], 0.252409],
  ['codex/gpt6-exec', 4, [256, 38656, 14450, 0, 2538, 2390], 0.069748],
  ['codex/multiturn', 8, [16543, 83584, 0, 0, 2405, 2121], 0.196657],
  ['codex/resume', 7, [10212, 56704, 0, 0, 580, 480], 0.096812],
  ['codex/simple', 1, [9148, 0, 0, 0, 129, 120], 0.04961],
  ['codex/v098-multiturn', 8, [15582, 80000, 0, 0, 2412, 2121], 0.19027],
  ['codex/v098-resume', 7, [12162, 59520, 0, 0, 584, 480], 0.10809],
];

describe('the report on real records', () => {
  for (const [run, calls, tokens, usd] of runs) {
    it(run, async () => {
      const db = new DatabaseSync(':memory:');
      for (const step of migrations) db.exec(step);
      const card = defaultRateCard({ overrides: {}, aliases: {} });
      const home = join(fixtures, run.replace('/', '/real/'), 'home');
      await scanOnce({
        db,
        ledgerPath: ':memory:',
        sources,
        homes: [{ platform: 'linux', home, env: {} }],
        card: () => card,
        now: () => Date.parse('2026-11-22T00:00:00Z'),
        onChange: () => undefined,
        onScan: () => undefined,
        log: (level, message) => assert.fail(`${level}: ${message}`),
      });
      const report = readReport(db, { since: null, until: null, timeZone: 'UTC', by: 'session' });
      const t = report.totals.tokens;
      assert.deepEqual([t.input, t.cacheRead, t.cacheWrite5m, t.cacheWrite1h, t.output, t.thinking], tokens);
      assert.equal(report.totals.calls, calls);
      assert.ok(Math.abs(report.totals.listCost - usd) <= 5e-7, String(report.totals.listCost));
      assert.deepEqual(report.problems, []);
      assert.deepEqual(
        report.sources.map((s) => s.notRecorded.listCost),
        [0, 0],
      );
    });
  }
});
