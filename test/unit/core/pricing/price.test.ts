import assert from 'node:assert/strict';
import { formatUsdExact } from '../../../../src/core/format.ts';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { price } from '../../../../src/core/pricing/price.ts';
import { costOf } from '../../../support/costOf.ts';
import { usageEvent } from '../../../support/usageEvent.ts';
import type { EventSpec } from '../../../support/usageEvent.ts';

const card = defaultRateCard({ overrides: {}, aliases: {} });

function check(title: string, event: EventSpec, expected: string | null): void {
  it(title, () => {
    const cost = costOf(price(usageEvent(event), card));
    assert.equal(cost === null ? null : formatUsdExact(cost), expected);
  });
}

const sonnet = (cacheRead: number): EventSpec => ({
  model: 'claude-sonnet-4-5-20250929',
  at: '2026-02-01T00:00:00Z',
  tokens: { input: 10_000, cacheRead, output: 1000 },
});
const opus46 = (at: string): EventSpec => ({
  model: 'claude-opus-4-6',
  at,
  tokens: { input: 300_000, output: 1000 },
});
const gpt55 = (cacheRead: number): EventSpec => ({
  provider: 'openai',
  model: 'gpt-5.5',
  tokens: { input: 72_000, cacheRead, output: 2000 },
});
const haiku = (write: number): EventSpec => ({
  model: 'claude-haiku-5-5',
  tokens: { cacheRead: 90_000, cacheWrite5m: write, output: 1000 },
});
const deepseek = (at: string): EventSpec => ({
  provider: 'deepseek',
  model: 'deepseek-flash',
  at,
  tokens: { output: 1_000_000 },
});

// Each expected figure is worked out by hand from the vendors' prices, in USD per million tokens.
describe('price', () => {
  const all = { input: 1000, cacheRead: 10_000, cacheWrite5m: 2000, cacheWrite1h: 3000, output: 500 };
  describe('token classes', () => {
    // 1k×4 + 10k×0.20 + 2k×5 + 3k×8 + 500×20 = 4000 + 2000 + 10000 + 24000 + 10000 µ$
    check('bills each class at its own rate', { tokens: all }, '$0.05');
    check('bills a one-hour write at twice the input', { tokens: { cacheWrite1h: 1_000_000 } }, '$8.00');
    check('bills a five-minute write at 1.25 of the input', { tokens: { cacheWrite5m: 1_000_000 } }, '$5.00');
    check('bills thinking once, inside the output', { tokens: { output: 1000, thinking: 900 } }, '$0.02');
    check('charges nothing for nothing', {}, '$0.00');
    // 15 per million, read from the cache or not
    check(
      'bills a cache read as input where the vendor gives no discount',
      { provider: 'openai', model: 'gpt-5-pro', tokens: { cacheRead: 10_000 } },
      '$0.15',
    );
    check(
      'bills an OpenAI cache write without a price of its own as input',
      {
        provider: 'openai',
        model: 'gpt-5.4',
        tokens: { cacheWrite5m: 10_000 },
      },
      '$0.025',
    );
    check(
      'bills an OpenAI cache write at its own price from GPT-5.6 on',
      {
        provider: 'openai',
        model: 'gpt-6-sol',
        tokens: { cacheWrite5m: 10_000 },
      },
      '$0.025',
    );
    check(
      'keeps rates below a pico-dollar granularity exact',
      {
        provider: 'deepseek',
        model: 'deepseek-v4-pro',
        at: '2026-08-01T12:00:00Z',
        tokens: { cacheRead: 1 },
      },
      '$0.000000003625',
    );
  });

  describe('long context is a cliff on the whole request', () => {
    // Sonnet 4.5: 3/15 → 6/22.5, read 0.30 → 0.60
    // 10k×3 + 190k×0.3 + 1k×15 = 30000 + 57000 + 15000
    check('Sonnet 4.5 at 200,000', sonnet(190_000), '$0.102');
    // 10k×6 + 190,001×0.6 + 1k×22.5 = 60000 + 114000.6 + 22500
    check('Sonnet 4.5 at 200,001, cache reads counted', sonnet(190_001), '$0.1965006');
    check(
      'Sonnet 4 above 200,000',
      { model: 'claude-sonnet-4-20250514', tokens: { cacheWrite1h: 200_001 } },
      '$2.400012',
    );

    // 300k×10 + 1k×37.5, then 300k×5 + 1k×25
    check('Opus 4.6 before 2026-03-13', opus46('2026-03-12T23:59:59.999Z'), '$3.0375');
    check('Opus 4.6 from 2026-03-13', opus46('2026-03-13T00:00:00Z'), '$1.525');
    check('Sonnet 4.6 before 2026-03-13', { ...opus46('2026-03-12T23:59:59Z'), model: 'claude-sonnet-4-6' }, '$1.8225');
    check('Sonnet 4.6 from 2026-03-13', { ...opus46('2026-03-13T00:00:00Z'), model: 'claude-sonnet-4-6' }, '$0.915');

    // 72k×5 + 200k×0.5 + 2k×30 = 360000 + 100000 + 60000
    check('GPT-5.5 at 272,000', gpt55(200_000), '$0.52');
    // 72k×10 + 200,001×1 + 2k×45 = 720000 + 200001 + 90000
    check('GPT-5.5 at 272,001', gpt55(200_001), '$1.010001');
    check('GPT-5.4 mini has none', { provider: 'openai', model: 'gpt-5.4-mini', tokens: { input: 300_000 } }, '$0.225');
    // 300k×4, then with the write at 5 as well: 200k×4 + 100k×5
    check(
      'GPT-6.1 Sol above 272,000',
      { provider: 'openai', model: 'gpt-6.1-sol', tokens: { input: 300_000 } },
      '$1.20',
    );
    check(
      'GPT-6 Astra above 272,000',
      {
        provider: 'openai',
        model: 'gpt-6-astra',
        tokens: { cacheRead: 300_000, output: 1000 },
      },
      '$0.675',
    );

    // 90k×0.01 + 10k×0.125 + 1k×0.5 = 900 + 1250 + 500
    check('Haiku 5.5 at 100,000', haiku(10_000), '$0.00265');
    // five times as much, and 0.625 for one more token
    check('Haiku 5.5 at 100,001', haiku(10_001), '$0.013250625');
  });

  describe('dated prices, both sides of the instant', () => {
    const read = { cacheRead: 1_000_000 };
    check(
      'Sonnet 5.5 cache reads before',
      { model: 'claude-sonnet-5-5', at: '2026-10-06T23:59:59.999Z', tokens: read },
      '$0.20',
    );
    check(
      'Sonnet 5.5 cache reads after',
      { model: 'claude-sonnet-5-5', at: '2026-10-07T00:00:00Z', tokens: read },
      '$0.10',
    );
    const sol = { provider: 'openai', model: 'gpt-5.6-sol', tokens: { input: 100_000, output: 10_000 } };
    check('GPT-5.6 Sol before', { ...sol, at: '2026-08-20T23:59:59Z' }, '$0.80');
    check('GPT-5.6 Sol after', { ...sol, at: '2026-08-21T00:00:00Z' }, '$0.60');
    check('GPT-5.6 Luna before', { ...sol, model: 'gpt-5.6-luna', at: '2026-07-29T23:59:59Z' }, '$0.16');
    check('GPT-5.6 Luna after', { ...sol, model: 'gpt-5.6-luna', at: '2026-07-30T00:00:00Z' }, '$0.032');
    check(
      'Gemini 3.6 Flash intro price ends',
      {
        provider: 'google',
        model: 'gemini-3.6-flash',
        at: '2027-01-01T00:00:00Z',
        tokens: { input: 1_000_000 },
      },
      '$1.50',
    );
  });

  describe('modes', () => {
    const call = { input: 10_000, output: 1000 };
    check('fast Opus 5.5 doubles', { speed: 'fast', tokens: call }, '$0.12');
    check('fast covers caches too', { speed: 'fast', tokens: { cacheRead: 100_000, cacheWrite1h: 1000 } }, '$0.056');
    check(
      'fast Opus 4.7 is six times',
      { model: 'claude-opus-4-7', speed: 'fast', at: '2026-06-01T00:00:00Z', tokens: call },
      '$0.45',
    );
    check(
      'fast Opus 4.6 while it was',
      { model: 'claude-opus-4-6', speed: 'fast', at: '2026-07-23T23:59:59Z', tokens: call },
      '$0.45',
    );
    check(
      'fast Opus 4.6 after it runs as standard',
      { model: 'claude-opus-4-6', speed: 'fast', at: '2026-07-24T00:00:00Z', tokens: call },
      '$0.075',
    );
    check(
      'fast without a published price is unpriced',
      { model: 'claude-fable-5-2', speed: 'fast', tokens: call },
      null,
    );
    check('batch halves', { tier: 'batch', tokens: call }, '$0.03');
    check('batch excludes fast', { tier: 'batch', speed: 'fast', tokens: call }, '$0.03');
    check('flex halves', { provider: 'openai', model: 'gpt-5.5', tier: 'flex', tokens: call }, '$0.04');
    check("Anthropic's priority tier bills at list", { tier: 'priority', tokens: call }, '$0.06');
    check(
      'priority GPT-5.5 is 2.5 times',
      { provider: 'openai', model: 'gpt-5.5', tier: 'priority', tokens: call },
      '$0.20',
    );
    check(
      'fast is what OpenAI calls priority now',
      { provider: 'openai', model: 'gpt-5.5', speed: 'fast', tokens: call },
      '$0.20',
    );
    check(
      'priority and fast are one thing',
      { provider: 'openai', model: 'gpt-5.5', speed: 'fast', tier: 'priority', tokens: call },
      '$0.20',
    );
    check(
      'priority GPT-6 Sol is twice',
      { provider: 'openai', model: 'gpt-6-sol', tier: 'priority', tokens: call },
      '$0.06',
    );
    check(
      'priority GPT-5 mini is 1.8 times',
      { provider: 'openai', model: 'gpt-5-mini', tier: 'priority', tokens: call },
      '$0.0081',
    );
    // 300k×10: the long context of 5.5 is not sold as priority
    check(
      'long GPT-5.5 runs without priority',
      { provider: 'openai', model: 'gpt-5.5', tier: 'priority', tokens: { input: 300_000 } },
      '$3.00',
    );
    check(
      'long GPT-6 Sol keeps priority',
      { provider: 'openai', model: 'gpt-6-sol', tier: 'priority', tokens: { input: 300_000 } },
      '$2.40',
    );
  });

  describe('regions', () => {
    const call = { input: 10_000, cacheRead: 100_000, output: 1000 };
    // (40000 + 20000 + 20000) × 1.1
    check('US residency adds a tenth to every class', { region: 'us', tokens: call }, '$0.088');
    check('US residency on top of fast', { region: 'us', speed: 'fast', tokens: call }, '$0.176');
    check(
      'US residency on top of batch rounds nothing away',
      { region: 'us', tier: 'batch', model: 'claude-haiku-5-5', tokens: { cacheRead: 1 } },
      '$0.0000000055',
    );
    check('none before the 4.6 models', { region: 'us', model: 'claude-sonnet-4-5', tokens: call }, '$0.075');
    check('other regions of Anthropic cost the same', { region: 'eu', tokens: call }, '$0.08');
    check('a global pin is none', { region: 'global', tokens: call }, '$0.08');
    check(
      'OpenAI regional processing',
      { provider: 'openai', model: 'gpt-5.4', region: 'eu', tokens: { input: 100_000 } },
      '$0.275',
    );
    check(
      'none before GPT-5.4',
      { provider: 'openai', model: 'gpt-5.2', region: 'eu', tokens: { input: 100_000 } },
      '$0.175',
    );
    check(
      'a regional Bedrock profile',
      { provider: 'aws', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', tokens: { cacheWrite1h: 10_000 } },
      '$0.066',
    );
    check(
      'the global Bedrock profile',
      { provider: 'aws', model: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', tokens: { cacheWrite1h: 10_000 } },
      '$0.06',
    );
    check(
      'Bedrock before the 4.5 models',
      { provider: 'aws', model: 'us.anthropic.claude-3-7-sonnet-20250219-v1:0', tokens: { input: 10_000 } },
      '$0.03',
    );
  });

  describe('fees', () => {
    check('three web searches', { webSearches: 3, tokens: { output: 1000 } }, '$0.05');
    check('no factor touches them', { webSearches: 3, tier: 'batch', region: 'us', tokens: {} }, '$0.03');
  });

  describe('parts', () => {
    const inner = [{ model: 'claude-fable-5-2', tokens: { input: 10_000, output: 1000 } }];
    // 1k×4 + 100×20 on Opus 5.5; 10k×8 + 1k×40 on Fable 5.2
    check("an advisor bills at the advisor's price", { tokens: { input: 1000, output: 100 }, inner }, '$0.126');
    check(
      'an advisor runs at standard speed in a fast call',
      { speed: 'fast', tokens: { input: 1000, output: 100 }, inner },
      '$0.132',
    );
    check('searches are counted once', { webSearches: 1, inner }, '$0.13');
    check('a call with an unpriced part has no price', { inner: [{ model: 'mystery-1', tokens: { input: 1 } }] }, null);
    it('keeps the priced parts of such a call', () => {
      const { parts } = price(usageEvent({ tokens: { input: 1 }, inner: [{ model: 'mystery-1', tokens: {} }] }), card);
      assert.deepEqual(
        parts.map((p) => p.cost),
        [4_000_000n, null],
      );
    });
    check(
      'each part has its own prompt and its own tier',
      {
        model: 'claude-haiku-5-5',
        tokens: { input: 60_000 },
        inner: [{ model: 'claude-haiku-5-5', tokens: { input: 60_000 } }],
      },
      '$0.012',
    );
  });

  describe('DeepSeek by the hour', () => {
    check('off-peak', deepseek('2026-11-20T00:59:59Z'), '$0.60');
    check('peak doubles', deepseek('2026-11-20T01:00:00Z'), '$1.20');
    check('the peak ends', deepseek('2026-11-20T04:00:00Z'), '$0.60');
    check('no peak on Saturdays', deepseek('2026-11-21T07:00:00Z'), '$0.60');
    check('no peak on a Chinese holiday', deepseek('2026-10-01T07:00:00Z'), '$0.60');
  });
});
