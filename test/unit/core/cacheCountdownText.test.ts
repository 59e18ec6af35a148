import assert from 'node:assert/strict';
import { cacheText, clockText, nearCountdown, nextTick, spokenClock } from '../../../src/core/cacheCountdown.ts';
import type { SessionGlance } from '../../../src/core/snapshot.ts';
import { untranslated } from '../../../src/core/translate.ts';
import { sessionOf, snapshotAt, snapshotOf } from '../../support/snapshot.ts';

const minute = 60_000;

function waiting(remaining: number, extra = 0.55, state: SessionGlance['state'] = 'waiting for you'): SessionGlance {
  return sessionOf({ state, cache: { until: snapshotAt + remaining, extra } });
}

const clocks: readonly (readonly [number, string, string])[] = [
  [240_000, '4:00', '4 minutes'],
  [229_999, '3:40', '3 minutes 40 seconds'],
  [220_000, '3:40', '3 minutes 40 seconds'],
  [69_999, '1:00', '1 minute'],
  [59_999, '0:50', '50 seconds'],
  [10_000, '0:10', '10 seconds'],
  [9999, '<0:10', '10 seconds'],
  [1, '<0:10', '10 seconds'],
];

const near: readonly (readonly [string, SessionGlance | null, boolean])[] = [
  ['near the end', waiting(220_000), true],
  ['near the end of a quiet session', waiting(220_000, 0.55, 'stale'), true],
  ['far from the end', waiting(241_000), false],
  ['after the end', waiting(0), false],
  ['of little worth', waiting(220_000, 0.049), false],
  ['while the model answers', waiting(220_000, 0.55, 'waiting for model'), false],
  ['while a tool runs', waiting(220_000, 0.55, 'tool or approval'), false],
  ['without a cache', sessionOf({ state: 'waiting for you' }), false],
  ['without a session', null, false],
];

const texts: readonly (readonly [string, SessionGlance, string])[] = [
  ['seconds near the end', waiting(220_000), 'reply within 3:40 or the next turn costs +$0.55'],
  ['minutes before', waiting(41.5 * minute), 'reply within 41 min or the next turn costs +$0.55'],
  ['what is lost', waiting(-1), 'cache cold: the next turn costs +$0.55'],
  ['little, too', waiting(220_000, 0.02), 'reply within 3:40 or the next turn costs +$0.02'],
  ['nothing of what is nothing', waiting(220_000, 0.004), ''],
  ['nothing while the model answers', waiting(220_000, 0.55, 'waiting for model'), ''],
];

const ticks: readonly (readonly [string, readonly SessionGlance[], number | null])[] = [
  ['below the next step', [waiting(225_000)], 5001],
  ['on a step', [waiting(220_000)], 1],
  ['when all is over', [waiting(9000)], 9000],
  ['when seconds begin to count', [waiting(10 * minute)], 6 * minute],
  ['for the first of several', [waiting(10 * minute), waiting(229_000)], 9001],
  ['never after the end', [waiting(-1)], null],
  ['never for nothing', [waiting(220_000, 0.004), sessionOf()], null],
];

describe('the cache’s countdown', () => {
  for (const [remaining, clock, spoken] of clocks) {
    it(`reads ${clock} with ${remaining} ms left`, () => {
      assert.deepEqual([clockText(remaining), spokenClock(remaining, untranslated)], [clock, spoken]);
    });
  }
  for (const [name, session, isShown] of near) {
    it(`is ${isShown ? '' : 'not '}in the status bar ${name}`, () =>
      assert.equal(nearCountdown(session, snapshotAt) !== null, isShown));
  }
  for (const [name, session, text] of texts) {
    it(`tells ${name}`, () => assert.equal(cacheText(session, snapshotAt, untranslated), text));
  }
  for (const [name, active, after] of ticks) {
    it(`ticks ${name}`, () => {
      const tick = nextTick(snapshotOf({ active, session: active[0] ?? null }), snapshotAt);
      assert.equal(tick === null ? null : tick - snapshotAt, after);
    });
  }

  it('ticks at most every ten seconds, and each tick reads differently', () => {
    const session = waiting(250_000);
    const snapshot = snapshotOf({ active: [session], session });
    const shown: string[] = [];
    const at: number[] = [];
    for (let now = nextTick(snapshot, snapshotAt); now !== null; now = nextTick(snapshot, now)) {
      assert.ok(at.length < 30, 'it comes to an end');
      at.push(now - snapshotAt);
      shown.push(cacheText(session, now, untranslated));
    }
    assert.equal(new Set(shown).size, shown.length, shown.join('\n'));
    assert.equal(shown.at(-1), 'cache cold: the next turn costs +$0.55');
    // Those two stand where minutes turn to seconds and where the last second passes.
    const close = at.slice(2, -1).filter((tick, n) => tick - (at[n + 1] ?? 0) < 10_000);
    assert.deepEqual(close, []);
  });
});
