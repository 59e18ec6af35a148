import assert from 'node:assert/strict';
import { burnRate } from '../../../../src/core/forecast/burnRate.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

describe('burn rate', () => {
  const rows: readonly [title: string, spent: number, ago: number | null, expected: number | null][] = [
    ['ten minutes at six times', 0.5, 1000, 3],
    ['just within five minutes', 0.5, 299_999, 3],
    ['none after five minutes', 0.5, 300_000, null],
    ['none without a call', 0, null, null],
    ['a call from a clock that runs ahead', 0.5, -2000, 3],
    ['calls without a price', 0, 1000, 0],
  ];
  for (const [title, spent, ago, expected] of rows) {
    it(title, () => assert.equal(burnRate(spent, ago === null ? null : now - ago, now), expected));
  }
});
