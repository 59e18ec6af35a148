import assert from 'node:assert/strict';
import { calibrate, settle } from '../../../../src/core/tokens/calibration.ts';
import type { Observation } from '../../../../src/core/tokens/calibration.ts';
import { plantedObservations } from '../../../support/observations.ts';
import type { Planted } from '../../../support/observations.ts';

const usual: Planted = { multiplier: 1, overhead: 12, perTool: 45, noise: 0.08, wrong: 0.1 };

const cases: readonly (readonly [name: string, planted: Planted])[] = [
  ['a vocabulary of its own', { ...usual, multiplier: 1 }],
  ['an older tokenizer', { ...usual, multiplier: 1.17 }],
  ['a newer one', { ...usual, multiplier: 1.45 }],
  ['a wider one', { ...usual, multiplier: 0.82 }],
  ['twice as many', { ...usual, multiplier: 2 }],
  ['no overhead', { ...usual, multiplier: 1.3, overhead: 0, perTool: 0 }],
  ['much overhead', { ...usual, multiplier: 1.3, overhead: 60, perTool: 120 }],
  ['no noise', { ...usual, multiplier: 1.3, noise: 0, wrong: 0 }],
  ['a fifth of the calls wrong', { ...usual, multiplier: 1.3, wrong: 0.2 }],
];

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

/** The share by which the found ratio is off, for each seed. */
function errors(planted: Planted): readonly number[] {
  return seeds.map((seed) => {
    const found = calibrate(plantedObservations(seed, 160, planted));
    return found === null ? Infinity : Math.abs(found.multiplier / planted.multiplier - 1);
  });
}

describe('the calibration', function () {
  // Hundreds of fits: a busy machine takes its time.
  this.timeout(60_000);

  for (const [name, planted] of cases) {
    it(`finds a ratio that it was not told, within 5 %: ${name}`, () => {
      assert.ok(Math.max(...errors(planted)) <= 0.05, `${Math.max(...errors(planted))}`);
    });
  }

  it('is near, or silent, where it has few calls', () => {
    const found = seeds.flatMap(
      (seed) => calibrate(plantedObservations(seed, 45, { ...usual, multiplier: 1.3 })) ?? [],
    );
    const most = Math.max(...found.map(({ multiplier }) => Math.abs(multiplier / 1.3 - 1)));
    assert.ok(found.length > seeds.length / 2 && most < 0.1, `${found.length}: ${most}`);
  });

  it('is mostly silent where answers are nearly of one size: overhead and ratio cannot be told apart', () => {
    const alike = (seed: number): Observation[] =>
      plantedObservations(seed, 160, { ...usual, multiplier: 1.3 }).map(({ counted, billed, toolCalls }) => {
        const size = 150 + (counted % 10);
        return { counted: size, billed: Math.round((billed * size) / counted), toolCalls };
      });
    assert.ok(seeds.filter((seed) => calibrate(alike(seed)) === null).length > seeds.length / 2);
  });

  it('tells the overhead of an answer', () => {
    const found = calibrate(
      plantedObservations(1, 160, { ...usual, multiplier: 1.3, overhead: 40, noise: 0, wrong: 0 }),
    );
    assert.ok(Math.abs((found?.overhead ?? 0) - 40) < 1, `${found?.overhead}`);
  });

  const same = (calls: number, o: Observation): Observation[] => Array.from({ length: calls }, () => o);
  const silent: readonly (readonly [name: string, observations: readonly Observation[]])[] = [
    ['no calls', []],
    ['a handful', plantedObservations(1, 10, usual)],
    ['two dozen', plantedObservations(1, 24, usual)],
    ['answers all of one size', same(50, { counted: 100, billed: 130, toolCalls: 0 })],
    ['answers of a few words', same(50, { counted: 5, billed: 20, toolCalls: 0 })],
    ['bills that no text explains', same(50, { counted: 100, billed: 9000, toolCalls: 0 })],
    ['texts that nobody billed', plantedObservations(1, 160, { ...usual, multiplier: 0.2, overhead: 0, perTool: 0 })],
  ];
  for (const [name, observations] of silent) {
    it(`says nothing of ${name}`, () => assert.equal(calibrate(observations), null));
  }

  const settled: readonly (readonly [found: number, isExact: boolean, multiplier: number])[] = [
    [1.03, true, 1],
    [0.96, true, 1],
    [1.3, true, 1.3],
    [1.03, false, 1.03],
  ];
  for (const [multiplier, isExact, used] of settled) {
    it(`${multiplier} ${isExact ? 'with a vocabulary of its own' : 'with a borrowed one'} counts as ${used}`, () => {
      assert.equal(settle({ multiplier, overhead: 0 }, isExact), used);
    });
  }
});
