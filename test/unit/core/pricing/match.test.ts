import assert from 'node:assert/strict';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import type { CardOptions } from '../../../../src/core/pricing/defaultCard.ts';
import type { AppliedRate } from '../../../../src/core/pricing/charge.ts';

function rate(provider: string, model: string, options: Partial<CardOptions> = {}): AppliedRate | null {
  const card = defaultRateCard({ overrides: {}, aliases: {}, ...options });
  const at = Date.parse('2026-11-21');
  return card.rate({ provider, model, at, prompt: 0, speed: 'standard', tier: 'standard', region: null });
}

describe('model matching', () => {
  const known: readonly [provider: string, recorded: string, matched: string][] = [
    ['anthropic', 'claude-opus-5-5', 'anthropic/claude-opus-5-5'],
    ['anthropic', 'Claude-Opus-5-5', 'anthropic/claude-opus-5-5'],
    ['anthropic', 'claude-opus-5-5-20260901', 'anthropic/claude-opus-5-5'],
    ['anthropic', 'claude-opus-5-5[1m]', 'anthropic/claude-opus-5-5'],
    ['anthropic', 'claude-sonnet-4-20250514', 'anthropic/claude-sonnet-4-0'],
    ['anthropic', 'claude-sonnet-4-5-20250929[1m]', 'anthropic/claude-sonnet-4-5'],
    ['anthropic', 'claude-sonnet-4.6', 'anthropic/claude-sonnet-4-6'],
    ['anthropic', 'claude-3-5-haiku-20241022', 'anthropic/claude-3-5-haiku-latest'],
    ['google', 'claude-opus-4-1@20250805', 'anthropic/claude-opus-4-1'],
    ['google', 'claude-sonnet-5@default', 'anthropic/claude-sonnet-5'],
    ['vertex', 'publishers/anthropic/models/claude-sonnet-5', 'anthropic/claude-sonnet-5'],
    ['aws', 'us.anthropic.claude-opus-4-7-v1:0', 'anthropic/claude-opus-4-7'],
    ['aws', 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic/claude-sonnet-4-5'],
    ['bedrock', 'bedrock/global.anthropic.claude-opus-5', 'anthropic/claude-opus-5'],
    ['aws', 'amazon.nova-pro-v1:0', 'aws/amazon.nova-pro-v1:0'],
    ['openrouter', 'anthropic/claude-opus-4.7', 'anthropic/claude-opus-4-7'],
    ['openrouter', 'openai/gpt-5.5', 'openai/gpt-5.5'],
    ['openai', 'gpt-5.5-2026-04-23', 'openai/gpt-5.5'],
    ['openai', 'gpt-5-5', 'openai/gpt-5.5'],
    ['openai', 'gpt-5.2-codex', 'openai/gpt-5.2'],
    ['my-gateway', 'gpt-6-sol', 'openai/gpt-6-sol'],
    ['azure', 'gpt-5.4', 'openai/gpt-5.4'],
    ['google', 'models/gemini-2.5-pro', 'google/gemini-2.5-pro'],
    ['github-copilot', 'claude-opus-4.8-fast', 'github-copilot/claude-opus-4.8-fast'],
    ['github-copilot', 'claude-opus-5.5', 'anthropic/claude-opus-5-5'],
    ['zai', 'glm-5.2', 'zai/GLM-5.2'],
    ['deepseek', 'deepseek-flash', 'deepseek/deepseek-flash'],
  ];
  for (const [provider, recorded, matched] of known) {
    it(`${provider}: ${recorded}`, () => {
      const found = rate(provider, recorded);
      assert.equal(found && `${found.provider}/${found.model}`, matched);
    });
  }

  // Each of these has a sibling of which it is an extension or a stem: none may lend it its price.
  const unknown: readonly [provider: string, recorded: string][] = [
    ['anthropic', 'claude-opus-4-10'],
    ['anthropic', 'claude-opus-4-8-fast'],
    ['anthropic', 'claude-opus-5-6'],
    ['anthropic', 'claude-opus-6'],
    ['anthropic', 'claude-opus'],
    ['anthropic', 'claude'],
    ['anthropic', 'claude-sonnet-5-5-preview'],
    ['anthropic', 'claude-opus-5-5-20261399'],
    ['anthropic', '<synthetic>'],
    ['openai', 'gpt-6'],
    ['openai', 'gpt-6.1'],
    ['openai', 'gpt-5.5-turbo'],
    ['openai', 'gpt-5.10'],
    ['openrouter', 'somebody/gpt-5.5'],
    ['openrouter', 'qwen/qwen3-coder'],
    ['google', 'gemini-3-pro'],
    ['anthropic', ''],
    ['anthropic', '/'],
    ['anthropic', '__proto__'],
    ['constructor', 'constructor'],
    ['anthropic', 'claude-opus-5-5'.padEnd(5000, '-20260901')],
  ];
  for (const [provider, recorded] of unknown) {
    it(`${provider}: ${recorded.slice(0, 40)} is unpriced`, () => assert.equal(rate(provider, recorded), null));
  }

  it('follows an alias to another id', () => {
    const aliases = { 'my-opus': 'claude-opus-5-5' };
    assert.equal(rate('my-gateway', 'my-opus', { aliases })?.model, 'claude-opus-5-5');
  });
});

const own = (override: object): Partial<CardOptions> => ({
  overrides: { 'claude-opus-5-5': { input: 2, output: 8, ...override } },
});

describe("the user's own prices", () => {
  it('take the place of the listed ones, what is left out by the listed ratios', () => {
    const found = rate('anthropic', 'claude-opus-5-5', own({}));
    assert.deepEqual(found?.perToken, {
      input: 2_000_000,
      cacheRead: 100_000,
      cacheWrite5m: 2_500_000,
      cacheWrite1h: 4_000_000,
      output: 8_000_000,
    });
    assert.equal(found?.source, 'your settings');
  });

  it('hold for dated ids too', () => {
    assert.equal(rate('anthropic', 'claude-opus-5-5-20260901', own({}))?.perToken.input, 2_000_000);
  });

  it('hold from their day on', () => {
    assert.equal(rate('anthropic', 'claude-opus-5-5', own({ from: '2026-11-21' }))?.perToken.input, 2_000_000);
    assert.equal(rate('anthropic', 'claude-opus-5-5', own({ from: '2026-11-22' }))?.perToken.input, 4_000_000);
  });

  it('price a model nobody lists, by the usual ratios', () => {
    const found = rate('home', 'llama-at-home', { overrides: { 'llama-at-home': { input: 1, output: 2 } } });
    assert.deepEqual(found?.perToken, {
      input: 1_000_000,
      cacheRead: 100_000,
      cacheWrite5m: 1_250_000,
      cacheWrite1h: 2_000_000,
      output: 2_000_000,
    });
  });

  it('scale the long-context rates with them', () => {
    const card = defaultRateCard({ overrides: { 'claude-haiku-5-5': { input: 0.05, output: 0.25 } }, aliases: {} });
    const query = { provider: 'anthropic', model: 'claude-haiku-5-5', at: 0, prompt: 100_001 } as const;
    const found = card.rate({ ...query, speed: 'standard', tier: 'standard', region: null });
    assert.deepEqual(
      [found?.perToken.input, found?.perToken.output, found?.longContextAbove],
      [250_000, 1_250_000, 100_000],
    );
  });

  it('stand in modes without a published factor', () => {
    const card = defaultRateCard({ overrides: { 'claude-fable-5-2': { input: 16, output: 80 } }, aliases: {} });
    const query = { provider: 'anthropic', model: 'claude-fable-5-2', at: 0, prompt: 0 } as const;
    assert.equal(card.rate({ ...query, speed: 'fast', tier: 'standard', region: null })?.perToken.input, 16_000_000);
  });
});
