import assert from 'node:assert/strict';
import { ascending, quantile, withReference } from '../../../../src/core/forecast/quantile.ts';
import { createChance } from '../../../demo/chance.mjs';

describe('quantiles of what is to come', () => {
  const rows: readonly [values: readonly number[], p: number, expected: number][] = [
    [[], 0.5, 0],
    [[7], 0.5, 7],
    [[7], 0.9, 7],
    [[3, 1, 2], 0.5, 2],
    [[1, 2], 0.5, 1.5],
    // Nine in ten stay below the largest of nine.
    [[1, 2, 3, 4, 5, 6, 7, 8, 9], 0.9, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9], 0.1, 1],
    [[1, 2, 3, 4], 0.9, 4],
  ];
  for (const [values, p, expected] of rows) {
    it(`${p} of ${values.join(', ') || 'nothing'}`, () => assert.equal(quantile(ascending(values), p), expected));
  }

  it('are passed as often as they say, however heavy the tail', () => {
    const { next } = createChance(1);
    const drawn = (): number => (1 - next()) ** -2;
    for (const n of [9, 19, 39]) {
      const passed = Array.from({ length: 4000 }, () => {
        const seen = ascending(Array.from({ length: n }, drawn));
        return drawn() > quantile(seen, 0.9) ? 1 : 0;
      }).reduce<number>((sum, one) => sum + one, 0);
      assert.ok(Math.abs(passed / 4000 - 0.1) < 0.015, `${passed / 4000} of ${n}`);
    }
  });
});

describe('a reference beside too few values', () => {
  const reference = { median: 10, p90: 40, least: 1 };

  it('is all there is at first', () => {
    const values = withReference([], reference);
    assert.deepEqual([values.length, quantile(values, 0.5)], [9, 10]);
    assert.equal(quantile(values, 0.9).toFixed(3), '40.000');
  });

  it('counts for as many values as are missing', () => {
    for (const n of [1, 5, 8]) {
      const own = Array.from({ length: n }, () => 1000);
      const values = withReference(own, reference);
      assert.deepEqual([values.length, values.filter((v) => v === 1000).length], [9, n]);
    }
  });

  it("moves towards one's own middle", () => {
    // Two of the reference's, two of one's own: 10 × (1000 / 10)^(2/4)
    assert.equal(quantile(withReference([1000, 1000], reference).slice(0, -2), 0.5).toFixed(6), '100.000000');
    // What is nothing, or less, is taken for the least.
    assert.deepEqual(
      withReference([-5], reference).slice(1),
      withReference([1], reference).filter((v) => v !== 1),
    );
  });

  it('is silent once there are nine', () => {
    const own = Array.from({ length: 9 }, (_, i) => i);
    assert.deepEqual(withReference(own, reference), own);
  });

  it('of nothing is nothing', () => {
    assert.deepEqual(new Set(withReference([], { median: 0, p90: 0, least: 1 })), new Set([0]));
  });
});
