import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mechanicalWords } from '../../../../src/core/guard/mechanical.ts';

const prompts = JSON.parse(readFileSync('test/fixtures/prompts/mechanical.json', 'utf8')) as Record<
  'mechanical' | 'other',
  readonly string[]
>;

describe('mechanical prompts', () => {
  for (const prompt of prompts.mechanical) {
    it(`are: ${prompt}`, () => assert.notEqual(mechanicalWords(prompt), null));
  }
  for (const prompt of prompts.other) {
    it(`are not: ${prompt}`, () => assert.equal(mechanicalWords(prompt), null));
  }

  it('are told by the words that say so', () => {
    const words: readonly (readonly [prompt: string, words: string])[] = [
      ['please rename foo to bar everywhere', 'rename'],
      ['Now sort the imports in `main.ts`', 'sort the imports'],
      ['replace "colour" with "color"', 'replace … with …'],
      ['replace all occurrences of colour with "color"', 'replace all occurrences'],
      ['move the file src/secret.ts to secret/', 'move'],
      ['benenne `alt` in neu um', 'benenne'],
      ['把 secret 重命名为 other', '重命名'],
    ];
    for (const [prompt, said] of words) assert.equal(mechanicalWords(prompt), said);
  });

  it('are not looked for in long instructions, and found beside long code', () => {
    assert.equal(mechanicalWords(`rename foo to bar. ${'The code stands in many places. '.repeat(20)}`), null);
    assert.equal(mechanicalWords(`rename foo to bar\n\`\`\`\n${'x\n'.repeat(5000)}\`\`\``), 'rename');
  });

  it('are told at once, whatever the text', () => {
    for (const text of ['a'.repeat(1e6), '`'.repeat(1e5), ' '.repeat(1e6), "'a ".repeat(1e5), '_/'.repeat(1e5)]) {
      assert.equal(mechanicalWords(text), null);
    }
  });
});
