import assert from 'node:assert/strict';
import { tokenFamily } from '../../../../src/core/tokens/family.ts';

const models: Readonly<Record<string, readonly (string | null)[]>> = {
  gpt: [
    'gpt-5',
    'gpt-5.1-codex-max',
    'gpt-6.1-sol',
    'gpt-4o',
    'gpt-4o-mini-2024-07-18',
    'gpt-4.1',
    'gpt-4.5-preview',
    'chatgpt-4o-latest',
    'openai/gpt-oss-120b',
    'o1',
    'o3-mini',
    'o4-mini-2025-04-16',
    'codex-mini-latest',
    'codex-auto-review',
    'github-copilot/gpt-5.5',
  ],
  'gpt-4': [
    'gpt-4',
    'gpt-4-0613',
    'gpt-4-turbo',
    'gpt-4-turbo-2024-04-09',
    'gpt-4-32k',
    'gpt-3.5-turbo',
    'gpt-35-turbo',
  ],
  'claude-3': [
    'claude-3-5-sonnet-20241022',
    'claude-3-opus-20240229',
    'claude-opus-4-20250514',
    'claude-sonnet-4-5-20250929',
    'claude-opus-4-6',
    'claude-sonnet-4.6',
    'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    'claude-opus-4-1@20250805',
  ],
  'claude-4.7': ['claude-opus-4-7', 'anthropic/claude-opus-4.7', 'claude-opus-4-8[1m]', 'claude-opus-4-10'],
  'claude-5': [
    'claude-sonnet-5',
    'claude-opus-5-5',
    'claude-haiku-5-5-20261001',
    'claude-fable-5-2',
    'claude-mythos-5',
    'opus',
    'sonnet[1m]',
    'claude-opus-12-1',
  ],
  gemini: ['gemini-3-pro', 'models/gemini-2.5-pro', 'gemma-3-27b'],
  deepseek: ['deepseek-v4.1-flash', 'deepseek/deepseek-chat'],
  qwen: ['qwen3-coder-plus', 'qwq-32b', 'coder-model'],
  other: [null, '', 'auto', 'grok-4.5', 'kimi-k3', 'unknown', 'x'.repeat(500)],
};

describe('the family of a model', () => {
  for (const [family, names] of Object.entries(models)) {
    it(`${family}: ${names.length} names`, () => {
      assert.deepEqual(
        names.filter((name) => tokenFamily(name).id !== family),
        [],
      );
    });
  }

  it('is exact only where the vocabulary is its own', () => {
    const exact = Object.entries(models).filter(([, [name]]) => tokenFamily(name ?? null).isExact);
    assert.deepEqual(
      exact.map(([family]) => family),
      ['gpt', 'gpt-4'],
    );
    for (const [, [name]] of exact) assert.equal(tokenFamily(name ?? null).multiplier, 1);
  });
});
