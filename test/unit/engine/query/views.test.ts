import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBreakdown } from '../../../../src/engine/query/breakdown.ts';
import { pagesOfCalls, readCall, readCalls } from '../../../../src/engine/query/calls.ts';
import { csvLine } from '../../../../src/engine/query/csv.ts';
import { exportCalls } from '../../../../src/engine/query/exportCalls.ts';
import { readNotRecorded } from '../../../../src/engine/query/notRecorded.ts';
import { readProblems } from '../../../../src/engine/query/problems.ts';
import { readActiveDays } from '../../../../src/engine/query/projection.ts';
import { always, scopeOf } from '../../../../src/engine/query/scope.ts';
import { createTitleReader } from '../../../../src/engine/titles.ts';
import { createTestLedger } from './testLedger.ts';
import type { TestCall, TestLedger } from './testLedger.ts';

function ledgerOf(calls: readonly TestCall[]): TestLedger {
  const ledger = createTestLedger();
  for (const call of calls) ledger.call(call);
  return ledger;
}
const everything = scopeOf(always, {}, 'UTC');

describe('the breakdown', () => {
  // Berlin's clocks go back at 01:00Z on 2026-10-25.
  const calls: readonly TestCall[] = [
    { at: '2026-10-24T10:00:00Z', session: 'old' },
    {
      at: '2026-10-25T00:30:00Z',
      session: 'a',
      parts: [
        { model: 'x', cost: 3n },
        { model: 'y', cost: 4n },
      ],
    },
    { at: '2026-10-25T01:30:00Z', session: 'b', agent: 'codex', project: '/home/kim/api', branch: null },
  ];
  const view = { db: ledgerOf(calls).db, timeZone: 'Europe/Berlin', now: Date.parse('2026-10-25T12:00:00Z') };
  const today = readBreakdown(view, { span: 'today', filter: {}, stack: 'model' });

  it('has 25 hours on the long day, the repeated one twice', () => {
    assert.equal(today.chart.buckets.length, 25);
    assert.deepEqual(
      today.chart.buckets.slice(2, 4).map((b) => b.label),
      ['02:00', '02:00'],
    );
    const y = today.chart.series.find((s) => s.key === 'y');
    assert.equal(
      y?.values.findIndex((v) => v > 0),
      2,
    );
  });

  it('groups by every dimension; groups add up to the whole', () => {
    assert.deepEqual(
      today.tables.model.map((g) => [g.key, g.totals.calls]),
      [
        ['claude-opus-5-5', 1],
        ['y', 1],
        ['x', 1],
      ],
    );
    assert.deepEqual(
      today.tables.agent.map((g) => [g.label, g.totals.calls]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      [
        ['Claude Code', 1],
        ['Codex', 1],
      ],
    );
    assert.deepEqual(
      today.tables.project.map((g) => g.label),
      ['api', 'shop'],
    );
    assert.deepEqual(
      today.tables.branch.map((g) => g.key),
      ['', 'main'],
    );
    assert.deepEqual(
      today.tables.session.map((g) => g.label),
      ['2026-10-25 · api', '2026-10-25 · shop · main'],
    );
    assert.deepEqual(
      today.tables.day.map((g) => g.key),
      ['2026-10-25'],
    );
    for (const table of Object.values(today.tables)) {
      assert.ok(Math.abs(table.reduce((sum, g) => sum + g.totals.listCost, 0) - today.totals.listCost) < 1e-12);
    }
  });

  it('compares with as long a time before', () => {
    assert.equal(today.previous?.calls, 1);
    assert.equal(readBreakdown(view, { span: 'all', filter: {}, stack: 'agent' }).previous, null);
  });

  it('drills down to one of the two hours of one name', () => {
    const hour = readBreakdown(view, { span: 'today', filter: { hour: '2026-10-25T02:00+02:00' }, stack: 'agent' });
    assert.deepEqual(
      hour.tables.session.map((g) => g.key),
      ['a'],
    );
  });

  it('of an empty ledger is empty', () => {
    const empty = readBreakdown({ ...view, db: createTestLedger().db }, { span: 'all', filter: {}, stack: 'model' });
    assert.deepEqual([empty.totals.calls, empty.chart.series, empty.tables.model], [0, [], []]);
  });
});

describe('calls', () => {
  const calls = Array.from({ length: 25 }, (_, i) => ({
    at: new Date(1_790_000_000_000 + Math.floor(i / 2)).toISOString(),
  }));
  const { db } = ledgerOf(calls);

  it('come newest first in pages, with how many there are', () => {
    const page = (offset: number) => readCalls(db, everything, { limit: 10, offset });
    assert.equal(page(0).total, 25);
    assert.deepEqual(
      [0, 10, 20].flatMap((o) => page(o).calls.map((c) => c.id)),
      Array.from({ length: 25 }, (_, i) => 25 - i),
    );
    assert.equal(readCall(db, 99), null);
  });

  it('stream oldest first, each once', () => {
    const ids = [...pagesOfCalls(db, everything, 4)].flat().map((c) => c.id);
    assert.deepEqual(
      ids,
      Array.from({ length: 25 }, (_, i) => i + 1),
    );
  });

  it('explain their price exactly and name their line from 1', () => {
    const one = ledgerOf([
      { at: '2026-09-01T10:00:00Z', parts: [{ cost: 9_007_199_254_740_993n }, { model: 'new', cost: null }] },
    ]);
    const call = readCall(one.db, 1);
    assert.equal(call?.parts[0]?.components?.input, '9007199254740993');
    assert.deepEqual(
      [call?.model, call?.parts[1]?.model, call?.parts[1]?.listCost, call?.line],
      ['claude-opus-5-5', 'new', null, 5],
    );
  });
});

describe('a call of which the ledger has garbled words', () => {
  it('is shown with its cost, less what cannot be read', () => {
    const { db } = ledgerOf([{ at: '2026-09-01T10:00:00Z', parts: [{ cost: 5n }] }]);
    db.exec(`INSERT INTO rate VALUES ('r', '{"id":'); UPDATE charge SET rate = 'r'; UPDATE call SET quality = 'new'`);
    const call = readCall(db, 1);
    assert.deepEqual([call?.listCost, call?.quality, call?.parts[0]?.rate], [5e-12, 'unverified', null]);
  });
});

describe('export', () => {
  const folder = mkdtempSync(join(tmpdir(), 'burn-meter-export-'));
  after(() => rmSync(folder, { recursive: true }));
  const { db } = ledgerOf([{ at: '2026-09-01T10:00:00Z', branch: '=HYPERLINK("http://x")', project: '/a,b "c"' }]);

  it('quotes as RFC 4180 says and disarms formulas', () => {
    assert.equal(
      csvLine(['a,b', 'say "x"', 'two\nlines', null, -1, '=1+1', '+1', '-x', '@x', '\tx']),
      `"a,b","say ""x""","two\nlines",,-1,'=1+1,'+1,'-x,'@x,'\tx\r\n`,
    );
  });

  it('writes whole files only', async () => {
    const csv = join(folder, 'a.csv');
    assert.deepEqual(await exportCalls(db, everything, 'csv', csv), { path: csv, calls: 1 });
    const [head, row] = readFileSync(csv, 'utf8').split('\r\n');
    assert.match(head ?? '', /^time,agent,model,project/);
    assert.match(
      row ?? '',
      /^2026-09-01T10:00:00.000Z,claude,claude-opus-5-5,"\/a,b ""c""","'=HYPERLINK\(""http:\/\/x""\)"/,
    );
    const json = join(folder, 'a.json');
    await exportCalls(db, everything, 'json', json);
    assert.equal((JSON.parse(readFileSync(json, 'utf8')) as { id: string }[])[0]?.id, 'key-1');
    await assert.rejects(exportCalls(db, everything, 'csv', join(folder, 'none', 'a.csv')), /ENOENT/);
    assert.deepEqual(
      readdirSync(folder).toSorted((a, b) => (a < b ? -1 : 1)),
      ['a.csv', 'a.json'],
    );
  });
});

describe('what agents claim beyond their records', () => {
  const usd = 1_000_000_000_000n;
  const cases: readonly (readonly [
    name: string,
    tokens: number,
    cost: bigint | null,
    model: string,
    surplus: bigint,
  ])[] = [
    ['more tokens and more cost', 150, 3n * usd, 'm', usd],
    ['the same', 100, 2n * usd, 'm', 0n],
    ['more cost for the same tokens', 100, 3n * usd, 'm', 0n],
    ['fewer tokens', 50, 3n * usd, 'm', 0n],
    ['no cost', 150, null, 'm', 0n],
    ['the long-context spelling', 150, 3n * usd, 'm[1m]', usd],
    ['a model without any call', 10, usd, 'title-model', usd],
  ];
  for (const [name, tokens, cost, model, surplus] of cases) {
    it(name, () => {
      const ledger = ledgerOf([
        { at: '2026-09-01T10:00:00Z', session: 's', parts: [{ model: 'm', input: 60 }] },
        {
          at: '2026-09-01T10:01:00Z',
          session: 'child',
          parent: 's',
          subagent: 'x',
          parts: [{ model: 'm', input: 40 }],
        },
        { at: '2026-09-01T10:01:00Z', session: 'other', parts: [{ model: 'm', input: 900 }] },
      ]);
      ledger.claim('s', model, tokens, cost);
      assert.equal(readNotRecorded(ledger.db).get('claude') ?? 0n, surplus);
    });
  }
});

describe('small views', () => {
  it('problems name lines from 1, and 0 for a whole file', () => {
    const ledger = createTestLedger();
    ledger.problem('/r/a', 6, 'a line that is not JSON');
    ledger.problem('/r/b', -1, 'cannot be read');
    const { total, problems } = readProblems(ledger.db, 10);
    assert.deepEqual(
      [total, problems.map((p) => [p.file, p.line])],
      [
        2,
        [
          ['/r/a', 7],
          ['/r/b', 0],
        ],
      ],
    );
    assert.equal(readProblems(ledger.db, 1).problems.length, 1);
  });

  it('tasks are turns on the main thread, on the day they began', () => {
    const { db } = ledgerOf([
      { at: '2026-09-01T23:50:00Z', turn: 't1' },
      { at: '2026-09-02T00:10:00Z', turn: 't1' },
      { at: '2026-09-02T00:20:00Z', turn: 't2' },
      { at: '2026-09-02T00:20:00Z', turn: 't3', subagent: 'x' },
      { at: '2026-09-02T01:20:00Z', session: 'b', turn: 't2' },
    ]);
    const days = readActiveDays({ db, timeZone: 'UTC', now: 0 }, always);
    assert.deepEqual(days, [
      { day: '2026-09-01', spent: 1, tasks: 1 },
      { day: '2026-09-02', spent: 4, tasks: 2 },
    ]);
  });

  const prompt = { type: 'user', message: { content: 'fix   the\nparser' } };
  const titles: readonly (readonly [agent: string, lines: readonly object[], title: string | null])[] = [
    ['claude', [prompt], 'fix the parser'],
    [
      'claude',
      [
        { type: 'user', isMeta: true, message: { content: 'no' } },
        { type: 'user', message: { content: '<command-name>/x' } },
        prompt,
      ],
      'fix the parser',
    ],
    ['claude', [{ type: 'summary', summary: 'S' }, prompt], 'S'],
    ['claude', [prompt, { type: 'ai-title', aiTitle: 'old' }, { type: 'ai-title', aiTitle: 'new' }], 'new'],
    [
      'claude',
      [
        { type: 'custom-title', customTitle: 'mine' },
        { type: 'ai-title', aiTitle: 'new' },
      ],
      'mine',
    ],
    ['claude', [{ type: 'user', message: { content: 'x'.repeat(200) } }], `${'x'.repeat(79)}…`],
    ['codex', [{ type: 'event_msg', payload: { type: 'user_message', message: 'do it' } }], 'do it'],
    ['unknown', [prompt], null],
  ];
  for (const [agent, lines, title] of titles) {
    it(`title ${title} of ${agent}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'burn-meter-title-'));
      const file = join(folder, 'a.jsonl');
      writeFileSync(file, `${lines.map((l) => JSON.stringify(l)).join('\n')}\n{"torn`);
      const read = createTitleReader();
      assert.equal(await read(agent, file), title);
      rmSync(folder, { recursive: true });
      assert.equal(await read(agent, file), null);
    });
  }
});
