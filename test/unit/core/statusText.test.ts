import assert from 'node:assert/strict';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { scanPercent, statusView, turnEnded } from '../../../src/core/statusText.ts';
import type { StatusOptions, StatusView } from '../../../src/core/statusText.ts';
import { untranslated } from '../../../src/core/translate.ts';
import { snapshotAt, snapshotOf, totalsOf } from '../../support/snapshot.ts';

const unpricedCalls = { calls: 3, tokens: 900, models: ['x'] };
const scanning = { state: 'scanning', filesDone: 5, filesTotal: 12, bytesDone: 42, bytesTotal: 100 } as const;
const turn = { at: snapshotAt - 1000, listCost: 0.84, calls: 12, session: 's1' };
const near = { level: 'warning', reason: '$8.40 of $10.00' } as const;
const past = { level: 'error', reason: '$12.00 of $10.00' } as const;

function view(more: Partial<Snapshot>, options: Partial<StatusOptions> = {}): StatusView {
  return statusView(snapshotOf(more), { leading: 'today', turn: false, ...options }, untranslated);
}

const texts: readonly (readonly [string, Partial<Snapshot>, Partial<StatusOptions>, string])[] = [
  ['today and the burn rate', {}, {}, '$(flame) $4.21 · $3.10/h'],
  ['no burn rate when nothing burns', { burnRate: null }, {}, '$(flame) $4.21'],
  ['value on a subscription', { subscription: true, burnRate: null }, {}, '$(flame) $4.21 value'],
  ['value on a subscription that burns', { subscription: true }, {}, '$(flame) $4.21 value · $3.10/h'],
  ['the session first', {}, { leading: 'session' }, '$(flame) $1.10 · $3.10/h'],
  ['today when there is no session', { session: null }, { leading: 'session' }, '$(flame) $4.21 · $3.10/h'],
  ['the week first', {}, { leading: 'week' }, '$(flame) $31.50 · $3.10/h'],
  ['the month first', {}, { leading: 'month' }, '$(flame) $187.40 · $3.10/h'],
  ['a turn', { lastTurn: turn }, { turn: true }, '$(flame) +$0.84 · 12 calls'],
  ['a turn of one call', { lastTurn: { ...turn, calls: 1 } }, { turn: true }, '$(flame) +$0.84 · 1 call'],
  ['no turn once its time is over', { lastTurn: turn }, { turn: false }, '$(flame) $4.21 · $3.10/h'],
  ['the scan with its percent', { scan: scanning }, {}, '$(sync~spin) $4.21 · 42%'],
  ['the scan before any call', { scan: scanning, lastCallAt: null }, {}, '$(sync~spin) scanning · 42%'],
  ['a scan that was stopped', { scan: { ...scanning, state: 'cancelled' } }, {}, '$(flame) $4.21 · $3.10/h'],
  ['nothing yet', { lastCallAt: null, burnRate: null }, {}, '$(flame) no calls yet'],
  ['a day without a call', { today: totalsOf(0, 0), burnRate: null }, {}, '$(flame) $0.00'],
  [
    'no figure where none is known',
    { today: totalsOf(3, 0, { unpriced: unpricedCalls }), burnRate: null },
    {},
    '$(flame) unpriced',
  ],
  ['what is priced', { today: totalsOf(9, 2, { unpriced: unpricedCalls }), burnRate: null }, {}, '$(flame) $2.00'],
];

const labels: readonly (readonly [string, Partial<Snapshot>, Partial<StatusOptions>, string])[] = [
  ['today', {}, {}, 'Burn Meter: $4.21 today, burning $3.10 per hour'],
  ['a session', { burnRate: null }, { leading: 'session' }, 'Burn Meter: $1.10 this session'],
  ['today instead of a session', { burnRate: null, session: null }, { leading: 'session' }, 'Burn Meter: $4.21 today'],
  ['value', { burnRate: null, subscription: true }, {}, 'Burn Meter: $4.21 value today'],
  [
    'a turn',
    { burnRate: null, lastTurn: turn },
    { turn: true },
    'Burn Meter: last turn $0.84 for 12 calls, $4.21 today',
  ],
  ['a scan', { burnRate: null, scan: scanning }, {}, 'Burn Meter: $4.21 today, reading records, 42% done'],
  ['a budget', { burnRate: null, budget: near }, {}, 'Burn Meter: $4.21 today, $8.40 of $10.00'],
  ['nothing', { burnRate: null, lastCallAt: null }, {}, 'Burn Meter: no calls yet'],
];

describe('status text', () => {
  for (const [name, snapshot, options, text] of texts) {
    it(`shows ${name}`, () => assert.equal(view(snapshot, options).text, text));
  }
  for (const [name, snapshot, options, label] of labels) {
    it(`speaks of ${name}`, () => assert.equal(view(snapshot, options).label, label));
  }

  it('waits for the engine', () => {
    const starting = statusView(null, { leading: 'today', turn: false }, untranslated);
    assert.deepEqual(starting, { text: '$(sync~spin) Burn Meter', label: 'Burn Meter is starting', background: null });
  });

  it('has a background for budgets only', () => {
    const of = (budget: Snapshot['budget']) => view({ budget }).background;
    assert.deepEqual(
      [of(null), of({ level: 'ok', reason: 'fine' }), of(near), of(past)],
      [null, null, 'warning', 'error'],
    );
    assert.equal(view({ problems: 9, scan: scanning }).background, null);
  });

  it('never calls a scan done before it is', () => {
    const percents = [0, 1, 50, 999, 1000].map((bytesDone) =>
      scanPercent({ ...scanning, bytesDone, bytesTotal: 1000 }),
    );
    assert.deepEqual(percents, ['0%', '<1%', '5%', '99%', '99%']);
    assert.equal(scanPercent({ ...scanning, bytesTotal: 0 }), '0%');
  });
});

const before = snapshotOf({ lastTurn: null });
const ends: readonly (readonly [string, Snapshot | null, Partial<Snapshot>, boolean])[] = [
  ['a first turn', before, { lastTurn: turn }, true],
  ['a next turn', snapshotOf({ lastTurn: { ...turn, at: turn.at - 1 } }), { lastTurn: turn }, true],
  ['another session’s turn', snapshotOf({ lastTurn: { ...turn, session: 's0' } }), { lastTurn: turn }, true],
  ['the same turn again', snapshotOf({ lastTurn: turn }), { lastTurn: turn }, false],
  ['a turn before the one known', snapshotOf({ lastTurn: { ...turn, at: turn.at + 1 } }), { lastTurn: turn }, false],
  ['what was there at the start', null, { lastTurn: turn }, false],
  ['an old turn found by a scan', before, { lastTurn: { ...turn, at: snapshotAt - 61_000 } }, false],
  ['no turn', before, { lastTurn: null }, false],
];

describe('the end of a turn', () => {
  for (const [name, was, is, expected] of ends) {
    it(`${expected ? 'is' : 'is not'} ${name}`, () => assert.equal(turnEnded(was, snapshotOf(is)), expected));
  }
});
