import assert from 'node:assert/strict';
import { afterDeath, quietSpell } from '../../../src/core/backoff.ts';

/** Delays and words after each death of a process that lived so long, ms. */
function follow(lives: readonly number[]): { delays: number[]; told: number } {
  let deaths = 0;
  let told = 0;
  const delays = lives.map((lived) => {
    const next = afterDeath(deaths, lived);
    deaths = next.deaths;
    if (next.tell) told += 1;
    return next.delay;
  });
  return { delays, told };
}

describe('back-off', () => {
  it('doubles from half a second to half a minute, and speaks once', () => {
    const delays = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000];
    assert.deepEqual(follow(delays.map(() => 10)), { delays, told: 1 });
  });

  it('forgives after a quiet minute', () => {
    const lives = [10, 10, 10, quietSpell, 10];
    assert.deepEqual(follow(lives), { delays: [500, 1000, 2000, 500, 1000], told: 0 });
  });

  it('stays finite however often it dies', () => {
    assert.equal(afterDeath(5000, 0).delay, 30_000);
  });
});
