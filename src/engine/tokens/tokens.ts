import type { DatabaseSync } from 'node:sqlite';
import { calibrate, settle } from '../../core/tokens/calibration.ts';
import type { Multipliers, TokenCount } from '../../core/tokens/count.ts';
import { tokenFamily } from '../../core/tokens/family.ts';
import { messageOf } from '../messageOf.ts';
import { createTokenCounter } from './counter.ts';
import type { TokenCounter, TokenCounterOptions } from './counter.ts';
import { readObservations } from './observations.ts';

export interface TokensOptions extends Omit<TokenCounterOptions, 'multipliers'> {
  /** A read-only connection. */
  readonly db: DatabaseSync;
  /** Milliseconds, only going forward. */
  readonly clock: () => number;
}

export interface Tokens extends TokenCounter {
  /** Learns the multiplier of this model's family from its newest calls. Needs its tokenizer loaded. Never rejects. */
  calibrate(model: string | null): Promise<void>;
  /** What has been learnt, by family; empty at first. */
  multipliers(): Multipliers;
}

/** A family is learnt anew no more often than this: a few hundred reads. */
const learnAgainAfter = 6 * 3_600_000;

/** Counts tokens before a call. The first count of a family has its multiplier learnt meanwhile, for the counts to come. */
export function createTokens({ db, clock, ...options }: TokensOptions): Tokens {
  const learnt = new Map<string, number>();
  const learntAt = new Map<string, number>();
  const counter = createTokenCounter({ ...options, multipliers: () => learnt });
  const learn = async (model: string | null): Promise<void> => {
    const family = tokenFamily(model);
    learntAt.set(family.id, clock());
    try {
      const found = calibrate(await readObservations(db, family.id, (text) => counter.count(text, model)));
      if (found !== null) learnt.set(family.id, settle(found, family.isExact));
    } catch (error) {
      options.log(
        'warn',
        `the tokens of ${family.id} models could not be compared with their bills: ${messageOf(error)}`,
      );
    }
  };
  const count = async (text: string, model: string | null): Promise<TokenCount> => {
    const counted = await counter.count(text, model);
    const at = learntAt.get(tokenFamily(model).id) ?? -Infinity;
    if (counted.basis === 'counted' && clock() - at >= learnAgainAfter) void learn(model);
    return counted;
  };
  return { ...counter, count, calibrate: learn, multipliers: () => learnt };
}
