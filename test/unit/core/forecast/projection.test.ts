import assert from 'node:assert/strict';
import { project } from '../../../../src/core/forecast/projection.ts';
import type { ActiveDay } from '../../../../src/core/forecast/projection.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

function days(from: string, count: number, spent: number, tasks: number): ActiveDay[] {
  return Array.from({ length: count }, (_, i) => {
    const day = new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10);
    return { day, spent, tasks };
  });
}

describe('projection', () => {
  it('adds the days left at the pace of this month', () => {
    // 14 of 21 days active at $3: $42; 9 days left, two in three active: 9 × 2/3 × $3 = $18
    const found = project(days('2026-11-05', 14, 3, 12), now, 'UTC');
    assert.deepEqual(found, {
      month: '2026-11',
      toDate: 42,
      projected: 60,
      perActiveDay: 3,
      activeDays: 14,
      daysLeft: 9,
      tasksPerActiveDay: 12,
      tier: 'hobby',
      basis: '$42.00 so far; 9 days left at $3.00 per active day, with 14 of the last 21 days active.',
    });
  });

  it('asks the last 30 days while the month has few active days', () => {
    // 10 of the 29 days since the first call active at $2.40 on average; 9 days left
    const found = project([...days('2026-10-24', 8, 2, 10), ...days('2026-11-20', 2, 4, 10)], now, 'UTC');
    assert.deepEqual([found.toDate, found.perActiveDay, found.activeDays], [8, 2.4, 2]);
    assert.equal(found.projected.toFixed(4), (8 + 9 * (10 / 29) * 2.4).toFixed(4));
    assert.match(found.basis, /with 10 of the last 29 days active/);
  });

  it('asks earlier days on the first of a month', () => {
    const first = Date.parse('2026-11-01T12:00:00Z');
    // 29 active days before it at $2 and today at $32: 30 of 30 days at $3, 29 days left
    const found = project([...days('2026-10-03', 29, 2, 100), ...days('2026-11-01', 1, 32, 400)], first, 'UTC');
    assert.deepEqual([found.toDate, found.perActiveDay, found.projected, found.activeDays], [32, 3, 119, 1]);
    assert.equal(found.tier, 'builder');
    assert.match(found.basis, /30 of the last 30 days/);
  });

  it('looks back no further than 30 days', () => {
    assert.match(project(days('2026-10-22', 2, 5, 1), now, 'UTC').basis, /with 1 of the last 30 days active/);
  });

  it('does not thin a new user out over days before the first call', () => {
    const found = project(days('2026-11-20', 2, 5, 40), now, 'UTC');
    assert.equal(found.projected, 10 + 9 * 5);
  });

  it('has nothing to go by without calls', () => {
    const found = project([], now, 'UTC');
    assert.deepEqual([found.toDate, found.projected, found.perActiveDay], [0, 0, 0]);
    assert.equal(found.basis, 'No calls in the last 30 days to go by.');
  });

  it("takes the month from the view's zone", () => {
    const night = Date.parse('2026-11-30T23:30:00Z');
    assert.equal(project([], night, 'Europe/Berlin').month, '2026-12');
    assert.equal(project([], night, 'UTC').daysLeft, 0);
  });

  it('leaves days from clocks ahead out', () => {
    assert.equal(project(days('2026-11-22', 3, 5, 1), now, 'UTC').toDate, 0);
  });
});
