import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Report } from '../../../../src/engine/cli/report.ts';

const entry = join(import.meta.dirname, '../../../../src/engine/cli.ts');

function line(n: number, at: string, model = 'claude-opus-5-5'): string {
  const usage = { input_tokens: 1000, output_tokens: 100, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const message = { id: `msg_0${n}`, role: 'assistant', model, content: [], stop_reason: 'end_turn', usage };
  const where = { sessionId: 's1', cwd: '/home/kim/shop', gitBranch: 'main', requestId: `req_${n}`, uuid: `u${n}` };
  return `${JSON.stringify({ type: 'assistant', ...where, timestamp: at, message })}\n`;
}

/** USD of one `line`: 1,000 × $4 + 100 × $20 per million. */
const each = 0.006;

describe('burn-meter', function () {
  this.timeout(30_000);
  const home = mkdtempSync(join(tmpdir(), 'burn-meter-cli-'));
  after(() => rmSync(home, { recursive: true }));
  before(() => {
    const folder = join(home, '.claude/projects/-home-kim-shop');
    mkdirSync(folder, { recursive: true });
    const calls = [line(1, '2026-10-24T22:30:00Z'), line(2, '2026-10-25T00:30:00Z'), line(3, '2026-10-25T01:30:00Z')];
    const broken = '{"type":"assistant","sessionId":"s1","message":{"usage":\n';
    writeFileSync(
      join(folder, 's1.jsonl'),
      [...calls, broken, line(4, '2026-10-25T12:00:00Z', 'claude-new-9')].join(''),
    );
  });

  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [...process.execArgv, entry, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home, TZ: 'UTC' },
    });
  const report = (...args: string[]): Report => JSON.parse(run('report', '--json', ...args).stdout) as Report;

  it('reports everything: exact sums, unpriced calls, problems; exit 0 and nothing on stderr', () => {
    const { status, stderr } = run('report', '--json');
    assert.deepEqual([status, stderr], [0, '']);
    const r = report();
    assert.deepEqual([r.schema, r.period], ['burn-meter/report@1', { since: null, until: null, timezone: 'UTC' }]);
    assert.deepEqual(r.totals, {
      calls: 4,
      tokens: { input: 4000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 400, thinking: 0 },
      listCost: 0.018,
      outOfPocket: null,
      webSearches: 0,
      unpriced: { calls: 1, tokens: 1100, models: ['claude-new-9'] },
    });
    assert.deepEqual(
      r.groups.map((g) => [g.key, g.totals.calls]),
      [
        ['claude-opus-5-5', 3],
        ['claude-new-9', 1],
      ],
    );
    const [claude, codex] = r.sources;
    assert.deepEqual([claude?.agent, claude?.files, claude?.calls, claude?.problems], ['claude', 1, 4, 1]);
    assert.deepEqual(codex, {
      agent: 'codex',
      files: 0,
      bytes: 0,
      calls: 0,
      problems: 0,
      notRecorded: { listCost: 0 },
    });
    assert.deepEqual(
      r.problems.map((p) => [p.agent, p.line]),
      [['claude', 4]],
    );
  });

  it("groups by the zone's hours, the repeated one twice", () => {
    const r = report('--by', 'hour', '--timezone', 'Europe/Berlin', '--since', '2026-10-25', '--until', '2026-10-25');
    assert.deepEqual(
      r.groups.map((g) => g.key),
      ['2026-10-25T00:00+02:00', '2026-10-25T02:00+02:00', '2026-10-25T02:00+01:00', '2026-10-25T13:00+01:00'],
    );
    assert.deepEqual(r.period, {
      since: '2026-10-24T22:00:00.000Z',
      until: '2026-10-25T23:00:00.000Z',
      timezone: 'Europe/Berlin',
    });
    assert.deepEqual(
      report('--by', 'day').groups.map((g) => [g.key, g.totals.calls]),
      [
        ['2026-10-24', 1],
        ['2026-10-25', 3],
      ],
    );
  });

  it('takes instants exactly and groups by the other dimensions', () => {
    assert.equal(report('--since', '2026-10-25T00:30:00Z', '--until', '2026-10-25T01:30:00Z').totals.calls, 1);
    for (const [by, key] of [
      ['agent', 'claude'],
      ['project', '/home/kim/shop'],
      ['branch', 'main'],
      ['session', 's1'],
    ] as const) {
      assert.deepEqual(
        report('--by', by).groups.map((g) => g.key),
        [key],
      );
    }
  });

  it('keeps its ledger where it is told', () => {
    const index = join(home, 'elsewhere', 'x.db');
    assert.equal(report('--index', index).totals.calls, 4);
    assert.ok(existsSync(index));
  });

  it('prices by the table that the editors fetched, where there is one beside the ledger', () => {
    const folder = join(home, 'fetched');
    mkdirSync(folder);
    const rows = [{ rates: { input: 4, output: 20 } }];
    const table = {
      source: 'fetched',
      date: '2026-11-21',
      models: [{ provider: 'anthropic', model: 'claude-new-9', rows }],
    };
    writeFileSync(join(folder, 'prices.json'), JSON.stringify({ fetchedAt: 0, table }));
    const { totals } = report('--index', join(folder, 'x.db'));
    assert.deepEqual([totals.listCost, totals.unpriced.calls], [4 * each, 0]);
  });

  it('prints a table, the version and help', () => {
    assert.match(run('report').stdout, /^total +4 .*\$0\.02$/m);
    assert.match(run('report').stdout, /Unpriced: 1 calls?, 1,100 tokens \(claude-new-9\)/);
    assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
    assert.match(run('--help').stdout, /a day is included whole/);
  });

  it('lists calls, one line of JSON each', () => {
    const calls = run('calls', '--json', '--since', '2026-10-25').stdout.trim().split('\n');
    const first = JSON.parse(calls[0] ?? '') as { at: string; listCost: number; line: number };
    assert.deepEqual([calls.length, first.at, first.listCost, first.line], [3, '2026-10-25T00:30:00.000Z', each, 2]);
  });

  it('refuses wrong arguments with one line and exit 2, an unusable ledger with exit 1', () => {
    const wrong = run('report', '--by', 'week');
    assert.deepEqual([wrong.status, wrong.stdout, wrong.stderr.trimEnd().split('\n').length], [2, '', 1]);
    assert.equal(run('report', '--index', home).status, 1);
  });

  it('ends quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [...process.execArgv, entry, 'calls', '--json'], {
      env: { HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('is loaded without SQLite', () => {
    const loader = `import { canRun } from ${JSON.stringify(pathToFileURL(join(entry, '../cli/node.ts')).href)};
      if (canRun('20.0.0') || process.moduleLoadList.includes('NativeModule sqlite')) process.exit(3);`;
    const { status } = spawnSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', loader]);
    assert.equal(status, 0);
  });
});
