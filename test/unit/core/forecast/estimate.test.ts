import assert from 'node:assert/strict';
import type { LastCall } from '../../../../src/core/forecast/cacheState.ts';
import { callEstimate } from '../../../../src/core/forecast/estimate.ts';
import type { Estimate } from '../../../../src/core/forecast/estimate.ts';
import { nextCall } from '../../../../src/core/forecast/nextCall.ts';
import type { CallAsk } from '../../../../src/core/forecast/nextCall.ts';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { noTokens } from '../../../../src/core/usage.ts';
import type { TokenCounts } from '../../../../src/core/usage.ts';

const card = defaultRateCard({ overrides: {}, aliases: {} });
const at = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;

function last(ago: number, tokens: Partial<TokenCounts>, more: Partial<LastCall> = {}): LastCall {
  const how = { provider: 'anthropic', speed: 'standard', tier: 'standard', region: null } as const;
  return { ...how, at: at - ago, model: 'claude-opus-5-5', tokens: { ...noTokens, ...tokens }, ...more };
}

type Request = Pick<CallAsk, 'model' | 'maxOutput' | 'provider'>;

function call(more: Partial<Request> = {}): Request {
  return { model: 'claude-opus-5-5', maxOutput: 128_000, provider: 'anthropic', ...more };
}

/** `p90` are the output tokens of each of the user's calls so far; null: there are none. */
function estimate(request: Request, before: LastCall | null, p90: number | null): Estimate | null {
  const nothing = { promptTokens: 0, usual: null, preamble: null };
  const answers = p90 === null ? [] : Array.from({ length: 10 }, () => p90);
  const next = nextCall({ at, ...nothing, ...request, last: before }, answers, card);
  return next === null ? null : callEstimate(next);
}

const codex = (ago: number): LastCall =>
  last(ago, { input: 1000, cacheRead: 60_000, output: 500 }, { provider: 'openai', model: 'gpt-5.5' });

// Opus 5.5: input 4, output 20, read 0.20, write 5 (1 h: 8)
const hour = { cacheRead: 140_000, cacheWrite1h: 7000, output: 1000 };
const five = { cacheRead: 140_000, cacheWrite5m: 7000, output: 1000 };

describe('estimate of a call in flight', () => {
  const rows: readonly [
    title: string,
    call: Request,
    last: LastCall | null,
    p90: number | null,
    usd: string,
    reason: RegExp,
  ][] = [
    // 147k × 0.20 + 1k × 8 + 4k × 20 = 29,400 + 8,000 + 80,000 µ$
    ['a warm one-hour cache', call(), last(59 * minute, hour), 4000, '0.1174', /^148k context, cache warm$/],
    // 148k × 8 + 4k × 20 = 1,184,000 + 80,000 µ$; cold − warm = 1.1466
    [
      'a cold one-hour cache',
      call(),
      last(132 * minute, hour),
      4000,
      '1.2640',
      /^148k context, cache cold for 72 min \(\+\$1\.15\)$/,
    ],
    // 147k × 0.20 + 1k × 5 + 4k × 20
    ['a warm five-minute cache', call(), last(4 * minute, five), 4000, '0.1144', /cache warm/],
    // 148k × 5 + 4k × 20
    ['a cold five-minute cache', call(), last(5 * minute, five), 4000, '0.8200', /cache cold for 0 s/],
    // Haiku 5.5 above 100k: 148k × 0.625 + 4k × 2.5
    [
      'a switch of models',
      call({ model: 'claude-haiku-5-5' }),
      last(minute, five),
      4000,
      '0.1025',
      /cold after the switch from claude-opus-5-5/,
    ],
    // Only Claude's own writes say that it caches: 21k × 4 + 80,000
    [
      'another spelling of the same model, which is no switch',
      call({ model: 'anthropic/claude-opus-5-5[1m]' }),
      last(4 * minute, five),
      4000,
      '0.1144',
      /cache warm/,
    ],
    [
      'a session that does not cache',
      call(),
      last(minute, { input: 20_000, output: 1000 }),
      4000,
      '0.1640',
      /^21k context, not cached$/,
    ],
    [
      "no more output than the request's ceiling",
      call({ maxOutput: 1000 }),
      last(59 * minute, hour),
      4000,
      '0.0574',
      /warm/,
    ],
    ['the usual output without history', call(), last(59 * minute, hour), null, '0.1174', /warm/],
    ['fast mode as in the last call', call(), last(59 * minute, hour, { speed: 'fast' }), 4000, '0.2348', /warm/],
    // a new session, by the usual 14k, written for an hour: 14k × 8 + 4k × 20
    ['a new session', call(), null, 4000, '0.1920', /^an answer of 4k tokens, as long as nine in ten of yours$/],
  ];
  for (const [title, request, before, p90, expected, reason] of rows) {
    it(title, () => {
      const found = estimate(request, before, p90);
      assert.equal(found?.usd.toFixed(4), expected);
      assert.match(found.reasons[0] ?? '', reason);
    });
  }

  it('knows how long OpenAI keeps a prompt', () => {
    // GPT-5.5, cached in steps of 128: 60,928 × 0.5 read, 572 × 5 input, 2k × 30 output; cold: 61.5k × 5
    const request = call({ model: 'gpt-5.5', provider: 'openai' });
    assert.equal(estimate(request, codex(9 * minute), 2000)?.usd.toFixed(4), '0.0933');
    assert.equal(estimate(request, codex(10 * minute), 2000)?.usd.toFixed(4), '0.3675');
  });

  it('is null for a model without a price', () => {
    assert.equal(estimate(call({ model: 'mystery-1' }), last(minute, five), 4000), null);
  });
});
