import assert from 'node:assert/strict';
import { modelLimits } from '../../../../src/core/models.ts';

describe('model limits', () => {
  const rows: readonly [model: string, window: number | null, maxOutput: number | null][] = [
    ['claude-opus-5-5', 1_000_000, 128_000],
    ['claude-haiku-4-5-20251001', 200_000, 32_000],
    ['claude-sonnet-4-5-20250929[1m]', 1_000_000, 32_000],
    ['us.anthropic.claude-opus-4-7-v1:0', 1_000_000, 64_000],
    ['gpt-5.4', 1_050_000, 128_000],
    ['claude-opus-5-6', null, null],
    ['<synthetic>', null, null],
  ];
  for (const [model, window, maxOutput] of rows) {
    it(model, () => assert.deepEqual(modelLimits(model), window === null ? null : { window, maxOutput }));
  }
});
