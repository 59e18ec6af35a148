import assert from 'node:assert/strict';
import { effortCost, isSameModel, modelLimits, plainModel } from '../../../src/core/models.ts';

describe('models', () => {
  const spellings: readonly [id: string, plain: string][] = [
    ['claude-opus-5-5', 'claude-opus-5-5'],
    ['claude-opus-5-5[1m]', 'claude-opus-5-5'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
    ['claude-sonnet-4.6', 'claude-sonnet-4-6'],
    ['anthropic/claude-3.5-sonnet', 'claude-3-5-sonnet'],
    ['openai/gpt-5.5', 'gpt-5.5'],
    ['owl', 'owl'],
  ];
  for (const [id, plain] of spellings) {
    it(`${id} is ${plain}`, () => {
      assert.equal(plainModel(id), plain);
      assert.ok(isSameModel(id, plain));
    });
  }

  it('of like names are different ones', () => {
    assert.ok(!isSameModel('claude-opus-5-5', 'claude-opus-5'));
    assert.ok(!isSameModel('gpt-5.1-codex', 'gpt-5.1-codex-max'));
  });

  it('have limits, where they are known', () => {
    assert.deepEqual(modelLimits('gemini-2.5-pro'), { window: 1_048_576, maxOutput: 65_536 });
    assert.equal(modelLimits('claude-sonnet-4-5[1m]')?.window, 1_000_000);
    assert.equal(modelLimits('claude-sonnet-4.6')?.maxOutput, 32_000);
    assert.equal(modelLimits('owl'), null);
  });

  it('cost more at a higher effort, where somebody has told how much', () => {
    assert.equal(effortCost('claude-opus-5-5[1m]', 'max'), 3.44);
    for (const nothing of [
      effortCost('claude-opus-5-5', null),
      effortCost('gpt-5.5', 'high'),
      effortCost('owl', 'high'),
    ])
      assert.equal(nothing, null);
    assert.equal(effortCost('claude-opus-5-5', 'constructor'), null);
  });
});
