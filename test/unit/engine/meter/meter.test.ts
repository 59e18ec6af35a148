import assert from 'node:assert/strict';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import { createTestLedger } from '../query/testLedger.ts';
import type { TestLedger } from '../query/testLedger.ts';
import { meterOf } from './testMeter.ts';

const at = (iso: string): number => Date.parse(iso);

function snapshotAt(
  fill: (ledger: TestLedger) => void,
  now: string,
  more: Parameters<typeof meterOf>[1] = {},
): Snapshot {
  const ledger = createTestLedger();
  fill(ledger);
  return meterOf(ledger, more).snapshot(at(now));
}

describe('the snapshot', () => {
  it('sums today, the week from Monday and the month', () => {
    // 2026-09-09 is a Wednesday.
    const days = [
      '08-31T23:59:59',
      '09-01T00:00:00',
      '09-06T23:59:59',
      '09-07T00:00:00',
      '09-09T00:00:00',
      '09-09T23:59:59',
    ];
    const s = snapshotAt((l) => days.forEach((d) => l.call({ at: `2026-${d}Z` })), '2026-09-09T12:00:00Z');
    assert.deepEqual([s.today.calls, s.week.calls, s.month.calls], [2, 3, 5]);
  });

  it("keeps to the zone's days, also when one has 25 hours", () => {
    const fill = (l: TestLedger): void => {
      for (const hour of ['24T21:59', '24T22:00', '25T00:30', '25T01:30', '25T22:59', '25T23:00'])
        l.call({ at: `2026-10-${hour}:00Z` });
    };
    assert.equal(snapshotAt(fill, '2026-10-25T12:00:00Z', { timeZone: 'Europe/Berlin' }).today.calls, 4);
    assert.equal(snapshotAt(fill, '2026-10-25T12:00:00Z', { timeZone: 'UTC' }).today.calls, 4);
    assert.equal(snapshotAt(fill, '2026-10-25T12:00:00Z', { timeZone: 'Asia/Kathmandu' }).today.calls, 4);
  });

  const now = '2026-09-09T12:00:00Z';
  const burns: readonly (readonly [name: string, calls: readonly string[], rate: number | null])[] = [
    ['nothing ever', [], null],
    ['one call now', ['12:00:00'], 6],
    ['two in ten minutes', ['11:50:01', '11:59:00'], 12],
    ['one just out of the window', ['11:50:00', '11:59:00'], 6],
    ['quiet for five minutes', ['11:55:00'], null],
    ['quiet for almost five minutes', ['11:55:01'], 6],
    ['a clock far ahead', ['18:00:00'], null],
  ];
  for (const [name, calls, rate] of burns) {
    it(`burn rate: ${name}`, () => {
      const s = snapshotAt((l) => calls.forEach((c) => l.call({ at: `2026-09-09T${c}Z` })), now);
      assert.equal(s.burnRate, rate);
    });
  }

  it('tells the cost of the turn that ended last, subagents included', () => {
    const s = snapshotAt((l) => {
      l.call({ at: '2026-09-09T11:00:00Z', session: 'a', turn: 't1' });
      l.call({ at: '2026-09-09T11:50:00Z', session: 'a', turn: 't2' });
      l.call({ at: '2026-09-09T11:51:00Z', session: 'a', turn: 't2', subagent: 'x' });
      l.call({ at: '2026-09-09T11:52:00Z', session: 'child', parent: 'a', subagent: 'y', turn: 'own' });
      l.call({ at: '2026-09-09T10:52:00Z', session: 'child', parent: 'a', subagent: 'y', turn: 'earlier' });
      l.activity('a', 'turnEnd', '2026-09-09T11:53:00Z', { turn: 't2' });
    }, now);
    assert.deepEqual(s.lastTurn, { at: at('2026-09-09T11:53:00Z'), listCost: 3, calls: 3, session: 'a' });
  });

  const states = [
    ['request', 'waiting for model'],
    ['turnStart', 'waiting for model'],
    ['answer', 'tool or approval'],
    ['turnEnd', 'waiting for you'],
  ] as const;
  for (const [kind, state] of states) {
    it(`a session after ${kind} is ${state}`, () => {
      const s = snapshotAt((l) => l.activity('a', kind, '2026-09-09T11:55:00Z'), now);
      assert.deepEqual(
        s.active.map((a) => a.state),
        [state],
      );
    });
  }

  it('shows a session as stale after ten minutes, and leads with the one in the window', () => {
    const fill = (l: TestLedger): void => {
      l.call({ at: '2026-09-09T11:58:00Z', session: 'else', project: '/home/kim/else' });
      l.call({ at: '2026-09-09T11:56:00Z', session: 'here', project: '/home/kim/shop' });
      l.activity('else', 'answer', '2026-09-09T11:58:00Z');
      l.activity('here', 'answer', '2026-09-09T11:56:00Z');
    };
    assert.equal(snapshotAt(fill, now).session?.session, 'else');
    assert.equal(snapshotAt(fill, now, { folders: ['/home/kim/shop'] }).session?.session, 'here');
    assert.equal(snapshotAt(fill, now, { folders: ['/home/kim/sho'] }).session?.session, 'else');
    const later = snapshotAt(fill, '2026-09-09T12:07:00Z', { folders: ['/home/kim/shop'] });
    assert.deepEqual([later.session?.session, later.active.length], ['else', 1]);
    const idle = snapshotAt(fill, '2026-09-09T13:00:00Z');
    assert.deepEqual([idle.session?.session, idle.session?.state, idle.active.length], ['else', 'stale', 0]);
  });

  it('knows a subscription from the setting or the records', () => {
    const fill =
      (plan?: string) =>
      (l: TestLedger): void => {
        l.call({ at: '2026-09-09T11:58:00Z', session: 'a' });
        l.activity('a', 'answer', '2026-09-09T11:58:00Z', plan === undefined ? {} : { plan });
      };
    assert.equal(snapshotAt(fill('pro'), now).subscription, true);
    assert.equal(snapshotAt(fill(), now).subscription, false);
    assert.equal(snapshotAt(fill('pro'), now, { settings: { billing: 'payPerToken' } }).subscription, false);
    assert.equal(snapshotAt(fill(), now, { settings: { billing: 'subscription' } }).subscription, true);
  });

  it('holds past days until a past call changes or the day rolls over', () => {
    const ledger = createTestLedger();
    let clock = 0;
    const meter = meterOf(ledger, { clock: () => clock });
    ledger.call({ at: '2026-09-08T10:00:00Z' });
    assert.equal(meter.snapshot(at(now)).month.calls, 1);
    ledger.call({ at: '2026-09-08T11:00:00Z' });
    ledger.call({ at: '2026-09-09T11:00:00Z' });
    meter.changed({ earliest: at('2026-09-09T11:00:00Z'), calls: 1, rebuilt: false });
    assert.equal(meter.snapshot(at(now)).month.calls, 2);
    meter.changed({ earliest: at('2026-09-08T11:00:00Z'), calls: 1, rebuilt: false });
    assert.equal(meter.snapshot(at(now)).month.calls, 2);
    assert.equal(meter.stale, true);
    clock = 5000;
    assert.equal(meter.snapshot(at(now)).month.calls, 3);
    assert.equal(meter.stale, false);
    assert.deepEqual(
      [meter.snapshot(at('2026-09-10T00:00:00Z'))].map((s) => [s.today.calls, s.month.calls]),
      [[0, 3]],
    );
  });
});
