import assert from 'node:assert/strict';
import { cacheLifetime } from '../../../../src/core/forecast/cacheState.ts';
import { promptCost } from '../../../../src/core/forecast/nextPrompt.ts';
import type { PastCall } from '../../../../src/core/forecast/pastCall.ts';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { chargePart } from '../../../../src/core/pricing/price.ts';
import { promptTokens } from '../../../../src/core/usage.ts';
import type { TokenCounts } from '../../../../src/core/usage.ts';
import { readPastCalls } from '../../../../src/engine/preflight/history.ts';
import { realLedger } from '../../../support/realLedger.ts';

const card = defaultRateCard({ overrides: {}, aliases: {} });

function picoOf({ model, provider, at, speed, tier, region }: PastCall, tokens: TokenCounts): bigint {
  const rate = card.rate({ provider, model, at, prompt: promptTokens(tokens), speed, tier, region });
  return chargePart({ model, tokens }, rate, 0).cost ?? assert.fail('no price');
}

/** The call as it would have been had the cache still held what the one before it read and wrote. */
function warm({ tokens }: PastCall, before: PastCall): TokenCounts {
  const { cacheRead, cacheWrite5m, cacheWrite1h } = before.tokens;
  const held = cacheRead + cacheWrite5m + cacheWrite1h;
  return tokens.cacheWrite1h > 0
    ? { ...tokens, cacheRead: held, cacheWrite1h: tokens.cacheWrite1h - held }
    : { ...tokens, cacheRead: held, cacheWrite5m: tokens.cacheWrite5m - held };
}

// Real clients' runs in which a cache was lost, by the clock or by a switch of models; the vendor's clock was set ahead,
// which the records do not show. What each loss cost, in pico-dollars: tokens held × (write − read).
const runs: readonly (readonly [run: string, lost: readonly bigint[], reason: RegExp])[] = [
  ['claude/long', [35_973n * 7_800_000n], /^cache cold for 0 s$/],
  ['claude/resume', [13_423n * 4_800_000n], /^cache cold for 0 s$/],
  ['claude/multimodel', [13_158n * 115_000n, 13_430n * 4_800_000n], /^cache cold after the switch from claude-/],
];

describe('the cold-cache part of an estimate', () => {
  for (const [run, lost, reason] of runs) {
    it(`is exact to the pico-dollar on ${run}`, async () => {
      const calls = readPastCalls(await realLedger([run], card));
      const pairs = calls.flatMap((call, i) => {
        const before = calls[i - 1];
        return before !== undefined && call.tokens.cacheRead === 0 ? [{ call, before }] : [];
      });
      const found = pairs.map(({ call, before }) => {
        const expired = call.model === before.model ? before.at + cacheLifetime(before) : call.at;
        const { model, provider, tokens } = call;
        const next = {
          at: expired,
          model,
          context: promptTokens(tokens),
          last: before,
          usual: null,
          provider,
          shared: 0,
        };
        const foretold = promptCost(next, card);
        assert.match(foretold?.lost ?? '', reason);
        assert.equal(foretold?.extra, picoOf(call, tokens) - picoOf(call, warm(call, before)));
        return foretold?.extra;
      });
      assert.deepEqual(found, lost);
    });
  }
});
