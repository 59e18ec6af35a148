import assert from 'node:assert/strict';
import { budgetNews } from '../../../src/core/budgetNews.ts';
import type { Verdict } from '../../../src/core/guard/verdict.ts';
import { snapshotOf } from '../../support/snapshot.ts';

const levels: readonly (Verdict['level'] | null)[] = [null, 'ok', 'warning', 'error'];

/** What is said, given what was said before; the snapshot's day is 2026-11-21 in UTC. */
const cases: readonly (readonly [said: string | undefined, level: Verdict['level'] | null, now: string | null])[] = [
  ...levels.slice(0, 2).map((level) => [undefined, level, null] as const),
  [undefined, 'warning', '2026-11-21 warning'],
  [undefined, 'error', '2026-11-21 error'],
  ['2026-11-21 warning', 'warning', null],
  ['2026-11-21 warning', 'error', '2026-11-21 error'],
  ['2026-11-21 error', 'error', null],
  ['2026-11-21 error', 'warning', null],
  ['2026-11-20 error', 'warning', '2026-11-21 warning'],
  ['2026-11-20 error', 'error', '2026-11-21 error'],
];

describe('budget news', () => {
  for (const [said, level, now] of cases) {
    it(`is ${now ?? 'none'} at ${level} after ${said ?? 'nothing'}`, () => {
      const budget = level === null ? null : { level, reason: 'because' };
      assert.equal(budgetNews(snapshotOf({ budget }), said)?.said ?? null, now);
    });
  }

  it('waits with a warning, not with an error, until records are read', () => {
    const scan = { state: 'scanning', filesDone: 1, filesTotal: 2, bytesDone: 1, bytesTotal: 2 } as const;
    const news = (level: Verdict['level']) =>
      budgetNews(snapshotOf({ scan, budget: { level, reason: 'because' } }), undefined)?.verdict.level;
    assert.deepEqual(
      levels.slice(1).map((level) => news(level ?? 'ok')),
      [undefined, undefined, 'error'],
    );
  });

  it('counts days in the zone of the snapshot', () => {
    const snapshot = snapshotOf({ budget: { level: 'error', reason: 'because' }, timeZone: 'Pacific/Kiritimati' });
    assert.equal(budgetNews(snapshot, '2026-11-21 error')?.said, '2026-11-22 error');
  });
});
