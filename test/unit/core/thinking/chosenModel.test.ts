import assert from 'node:assert/strict';
import { chosenModel } from '../../../../src/core/thinking/chosenModel.ts';
import { thinkingAdapters } from '../../../../src/core/thinking/index.ts';

type Case = readonly [agent: string, files: readonly (object | string)[], env: object, model: string | null];

const cases: readonly Case[] = [
  ['claude', [{}], {}, null],
  ['claude', [{ model: 'claude-opus-5-5' }], {}, 'claude-opus-5-5'],
  ['claude', [{ model: 'claude-opus-5-5[1m]' }], {}, 'claude-opus-5-5[1m]'],
  ['claude', [{ model: 'opus' }], {}, 'claude-opus-5-5'],
  ['claude', [{ model: 'Sonnet[1m]' }], {}, 'claude-sonnet-5-5'],
  ['claude', [{ model: 'default' }], {}, null],
  ['claude', [{ model: 'opus' }], { ANTHROPIC_MODEL: 'claude-haiku-5-5' }, 'claude-haiku-5-5'],
  ['claude', [{ env: { ANTHROPIC_MODEL: 'claude-opus-5' } }], { ANTHROPIC_MODEL: 'haiku' }, 'claude-opus-5'],
  ['claude', [{ model: 'claude-opus-5' }, { model: 'claude-sonnet-5-5' }], {}, 'claude-opus-5'],
  ['claude', ['{"model":', { model: 'opus' }], {}, 'claude-opus-5-5'],
  ['claude', [{ model: 7 }], {}, null],
  ['codex', ['model = "gpt-5.5"\n'], {}, 'gpt-5.5'],
  ['copilot', ['// mine\n{ "model": "gpt-5.5" }'], {}, 'gpt-5.5'],
  ['copilot', [{ model: 'gpt-5.5' }], { COPILOT_MODEL: 'claude-sonnet-5-5' }, 'claude-sonnet-5-5'],
  ['gemini', [{ model: { name: 'gemini-3-pro' } }], {}, 'gemini-3-pro'],
  ['gemini', [{ model: { name: 'auto' } }], {}, null],
  ['gemini', [{}], { GEMINI_MODEL: 'gemini-2.5-pro' }, 'gemini-2.5-pro'],
  ['qwen', [{ model: { name: 'qwen3-coder-plus' } }], {}, 'qwen3-coder-plus'],
  ['opencode', [{ model: 'anthropic/claude-sonnet-5-5' }], {}, 'anthropic/claude-sonnet-5-5'],
  ['cline', [{ model: 'x' }], {}, null],
];

describe('the model that settings choose', () => {
  for (const [agent, files, env, model] of cases) {
    it(`${agent}: ${JSON.stringify(files)} ${JSON.stringify(env)}`, () => {
      const adapter = thinkingAdapters.find(({ id }) => id === agent);
      assert.ok(adapter);
      const texts = files.map((said) => (typeof said === 'string' ? said : JSON.stringify(said)));
      const read = texts.map((text, i) => ({ path: `/f${i}`, text }));
      assert.equal(chosenModel(adapter, read, { ...env }), model);
    });
  }
});
