import assert from 'node:assert/strict';
import { capsFor } from '../../../../src/core/guard/caps.ts';
import type { Cap } from '../../../../src/core/settings.ts';
import { createCapSums } from '../../../../src/engine/preflight/caps.ts';
import { createTestLedger } from '../query/testLedger.ts';
import type { TestCall } from '../query/testLedger.ts';

const dollar = 1_000_000_000_000n;
const cost = (usd: number): Pick<TestCall, 'parts'> => ({ parts: [{ cost: BigInt(usd * 1000) * (dollar / 1000n) }] });
const every: Cap = { session: 1, day: 1, month: 1 };
const caps: Record<string, Cap> = { '*': every, '/home/kim/code': { day: 1, month: 1 } };
// Berlin is an hour ahead of UTC, so its day begins at 23:00Z the day before.
const now = Date.parse('2026-11-21T12:00:00Z');

function spent(project: string | null, session: string, calls: readonly TestCall[], agent = 'claude'): string[] {
  const ledger = createTestLedger();
  for (const call of calls) ledger.call(call);
  const sums = createCapSums({ db: ledger.db, timeZone: 'Europe/Berlin' });
  return sums.states(capsFor(caps, project), { agent, session }, now).map((s) => `${s.folder} ${s.scope} ${s.spent}`);
}

const calls: readonly TestCall[] = [
  { at: '2026-10-31T22:59:59Z', ...cost(100) },
  { at: '2026-10-31T23:00:00Z', ...cost(1) },
  { at: '2026-11-20T22:59:59Z', ...cost(2), session: 's2', project: '/home/kim/code/api' },
  { at: '2026-11-20T23:00:00Z', ...cost(4), session: 's2', project: '/home/kim/code/shop' },
  { at: '2026-11-21T11:00:00Z', ...cost(8), session: 's3', project: '/home/kim/workshop' },
  { at: '2026-11-21T11:30:00Z', parts: [{ cost: null }], session: 's3', project: '/home/kim/code' },
];

describe('sums for caps', () => {
  it('are those of the user’s day and month, everywhere and in a folder', () => {
    assert.deepEqual(spent('/home/kim/code/shop', 's2', calls), [
      '* session 6',
      '* day 12',
      '* month 15',
      '/home/kim/code day 4',
      '/home/kim/code month 6',
    ]);
  });

  it('are those of the session, whatever its day', () => {
    assert.deepEqual(spent(null, 's1', calls), ['* session 101', '* day 12', '* month 15']);
    assert.equal(spent(null, 's9', calls)[0], '* session 0');
    assert.equal(spent(null, 's1', calls, 'codex')[0], '* session 0');
  });

  it('count a subagent’s own session for the one that started it, and a fork for itself', () => {
    const family: readonly TestCall[] = [
      { at: '2026-11-21T11:00:00Z', ...cost(1), session: 'top' },
      { at: '2026-11-21T11:01:00Z', ...cost(2), session: 'sub', parent: 'top', subagent: 'a' },
      { at: '2026-11-21T11:02:00Z', ...cost(4), session: 'subsub', parent: 'sub', subagent: 'b' },
      { at: '2026-11-21T11:03:00Z', ...cost(8), session: 'fork', parent: 'top' },
    ];
    const of = (session: string): string | undefined => spent(null, session, family)[0];
    assert.deepEqual(['top', 'sub', 'subsub', 'fork'].map(of), [
      '* session 7',
      '* session 7',
      '* session 7',
      '* session 8',
    ]);
  });

  it('count what a fork’s subagents spend for the fork', () => {
    const family: readonly TestCall[] = [
      { at: '2026-11-21T11:00:00Z', ...cost(1), session: 'top' },
      { at: '2026-11-21T11:01:00Z', ...cost(2), session: 'fork', parent: 'top' },
      { at: '2026-11-21T11:02:00Z', ...cost(4), session: 'fork', parent: 'top', subagent: 'a' },
      { at: '2026-11-21T11:03:00Z', ...cost(8), session: 'sub', parent: 'fork', subagent: 'b' },
    ];
    const of = (session: string): string | undefined => spent(null, session, family)[0];
    assert.deepEqual(['top', 'fork', 'sub'].map(of), ['* session 1', '* session 14', '* session 14']);
  });

  it('end where sessions name each other', () => {
    const ring: readonly TestCall[] = [
      { at: '2026-11-21T11:00:00Z', ...cost(1), session: 'a', parent: 'b', subagent: 'x' },
      { at: '2026-11-21T11:00:00Z', ...cost(2), session: 'b', parent: 'a', subagent: 'x' },
    ];
    assert.equal(spent(null, 'a', ring)[0], '* session 3');
  });

  it('stay exact where doubles would not', () => {
    const much: TestCall[] = [1, 2].map(() => ({
      at: '2026-11-21T11:00:00Z',
      parts: [{ cost: 9_007_199_254_740_993n }],
    }));
    assert.equal(spent(null, 's1', much)[1], `* day ${Number('18014.398509481986')}`);
  });

  it('see a call of today at once, and yesterday’s when it is looked for again', () => {
    const ledger = createTestLedger();
    const sums = createCapSums({ db: ledger.db, timeZone: 'Europe/Berlin' });
    const month = (at: number): number | undefined =>
      sums.states(capsFor(caps, null), { agent: 'claude', session: 's1' }, at)[2]?.spent;
    assert.equal(month(now), 0);
    ledger.call({ at: '2026-11-21T11:59:00Z', ...cost(1) });
    assert.equal(month(now), 1);
    ledger.call({ at: '2026-11-10T11:59:00Z', ...cost(2) });
    assert.deepEqual([month(now), month(now + 30_000)], [1, 3]);
    assert.equal(sums.today(now), 1);
  });
});
