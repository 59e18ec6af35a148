import assert from 'node:assert/strict';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { scanPercent, statusView, turnEnded } from '../../../src/core/statusText.ts';
import type { StatusOptions, StatusView } from '../../../src/core/statusText.ts';
import { untranslated } from '../../../src/core/translate.ts';
import { sessionOf, snapshotAt, snapshotOf, totalsOf } from '../../support/snapshot.ts';

const unpricedCalls = { calls: 3, tokens: 900, models: ['x'] };
const scanning = { state: 'scanning', filesDone: 5, filesTotal: 12, bytesDone: 42, bytesTotal: 100 } as const;
const turn = { at: snapshotAt - 1000, listCost: 0.84, calls: 12, session: 's1' };
const inFlight = { session: sessionOf({ inFlight: { since: snapshotAt, median: 0.4, p90: 1.1 } }) };
const tiny = { session: sessionOf({ inFlight: { since: snapshotAt, median: 0.001, p90: 0.002 } }) };
const countdown = {
  session: sessionOf({ state: 'waiting for you', cache: { until: snapshotAt + 220_000, extra: 0.55 } }),
};
const near = { level: 'warning', reason: '$8.40 of $10.00' } as const;
const past = { level: 'error', reason: '$12.00 of $10.00' } as const;

function view(more: Partial<Snapshot>, options: Partial<StatusOptions> = {}): StatusView {
  return statusView(snapshotOf(more), { leading: 'today', turn: false, now: snapshotAt, ...options }, untranslated);
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
  ['a call in flight', inFlight, {}, '$(flame) $4.21 · ~$0.40 in flight'],
  ['a call of next to nothing', tiny, {}, '$(flame) $4.21 · <$0.01 in flight'],
  ['the first call ever in flight', { ...inFlight, lastCallAt: null }, {}, '$(flame) no calls yet · ~$0.40 in flight'],
  ['the cache’s countdown', countdown, {}, '$(flame) $4.21 · $(watch) 3:40 +$0.55'],
  ['how the countdown goes on', countdown, { now: snapshotAt + 15_000 }, '$(flame) $4.21 · $(watch) 3:20 +$0.55'],
  ['the burn rate when it is over', countdown, { now: snapshotAt + 220_000 }, '$(flame) $4.21 · $3.10/h'],
  ['a turn before a countdown', { ...countdown, lastTurn: turn }, { turn: true }, '$(flame) +$0.84 · 12 calls'],
  ['the scan before a call in flight', { ...inFlight, scan: scanning }, {}, '$(sync~spin) $4.21 · 42%'],
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
  ['a call in flight', { ...inFlight, burnRate: null }, {}, 'Burn Meter: $4.21 today, a call of about $0.40 in flight'],
  [
    'the cache’s countdown',
    { ...countdown, burnRate: null },
    {},
    'Burn Meter: $4.21 today, reply within 3 minutes 40 seconds or the next turn costs $0.55 more',
  ],
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
    const starting = statusView(null, { leading: 'today', turn: false, now: snapshotAt }, untranslated);
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
