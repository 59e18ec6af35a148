import assert from 'node:assert/strict';
import { totalsMark } from '../../../media/panel/changed.ts';
import { createHost } from '../../../media/panel/host.ts';
import { answerSchemas, toPanelSchema } from '../../../media/panel/messages.ts';
import type { FromPanel } from '../../../src/core/panelProtocol.ts';
import type { Query } from '../../../src/core/query.ts';
import { answerFrom, seedCalls, snapshotOf } from '../../support/panelData.ts';

const calls = seedCalls(7, 5);
const queries: readonly Query[] = [
  { kind: 'breakdown', span: '7d', filter: {}, stack: 'model' },
  { kind: 'calls', span: '7d', filter: {}, limit: 10, offset: 0 },
  { kind: 'call', id: calls[0]?.id ?? 0 },
  { kind: 'call', id: -1 },
  { kind: 'projection' },
  { kind: 'problems', limit: 10 },
  { kind: 'prices' },
];

describe('panel: messages', () => {
  for (const query of queries) {
    it(`reads the answer to ${JSON.stringify(query)} without losing any of it`, () => {
      const answer = answerFrom(calls, query);
      assert.deepEqual(answerSchemas[query.kind].parse(answer), answer);
    });
  }

  it('reads a snapshot whole', () => {
    const message = { type: 'snapshot', snapshot: snapshotOf(calls) };
    assert.deepEqual(toPanelSchema.parse(message), message);
  });

  const nonsense: readonly unknown[] = [
    null,
    'snapshot',
    { type: 'eval' },
    { type: 'snapshot', snapshot: { at: 'now' } },
  ];
  for (const message of nonsense) {
    it(`refuses ${JSON.stringify(message)}`, () => assert.equal(toPanelSchema.safeParse(message).success, false));
  }
});

function stage() {
  const said: FromPanel[] = [];
  const timers: (() => void)[] = [];
  const host = createHost({ postMessage: (m) => said.push(m) }, (_ms, run) => timers.push(run));
  return { said, timers, host };
}

describe('panel: asking the host', () => {
  it('gives each answer to its question', async () => {
    const { said, host } = stage();
    const [first, second] = [host.ask({ kind: 'prices' }), host.ask({ kind: 'prices' })];
    assert.deepEqual(
      said.map((m) => m.type === 'query' && m.id),
      [1, 2],
    );
    host.answer(2, { rows: [], refreshedAt: 2 });
    host.answer(1, { rows: [], refreshedAt: 1 });
    host.answer(9, 'nobody asked');
    assert.deepEqual([(await first).refreshedAt, (await second).refreshedAt], [1, 2]);
  });

  it('passes a failure on', async () => {
    const { host } = stage();
    const asked = host.ask({ kind: 'prices' });
    host.fail(1, 'The engine has stopped.');
    await assert.rejects(asked, /has stopped/);
  });

  it('does not trust an answer of another shape', async () => {
    const { host } = stage();
    const asked = host.ask({ kind: 'projection' });
    host.answer(1, { month: 3 });
    await assert.rejects(asked, /cannot read/);
  });

  it('does not wait for ever', async () => {
    const { timers, host } = stage();
    const asked = host.ask({ kind: 'prices' });
    for (const run of timers) run();
    await assert.rejects(asked, /does not answer/);
  });
});

describe('panel: which snapshots matter', () => {
  const before = snapshotOf(calls);

  it('not those that only tell the time or the scan', () => {
    const scan = { ...before.scan, state: 'scanning' as const, filesDone: 3 };
    assert.equal(totalsMark({ ...before, at: before.at + 9, scan, burnRate: 7 }), totalsMark(before));
  });

  it('those with another total, also of calls older than the month', () => {
    const sources = before.sources.map((s, i) => (i === 0 ? { ...s, calls: s.calls + 1 } : s));
    assert.notEqual(totalsMark({ ...before, sources }), totalsMark(before));
    assert.notEqual(totalsMark({ ...before, today: { ...before.today, calls: 99 } }), totalsMark(before));
  });
});
