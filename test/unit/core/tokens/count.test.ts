import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countByLength, scaled } from '../../../../src/core/tokens/count.ts';
import { readJson } from '../../../support/expectations.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/tokens');
const expected = readJson(join(fixtures, 'expected.json')) as Record<string, { o200k_base: number }>;

describe('a token count', () => {
  it("is the vocabulary's for models whose own it is", () => {
    assert.deepEqual(scaled(1000, 'counted', 'gpt-5'), { tokens: 1000, raw: 1000, multiplier: 1, basis: 'counted' });
  });

  it("is the family's multiple for the others, the learnt one first", () => {
    assert.equal(scaled(1000, 'counted', 'claude-opus-4-6').tokens, 1180);
    assert.equal(scaled(1000, 'counted', 'claude-opus-4-6', new Map([['claude-3', 1.31]])).tokens, 1310);
    assert.equal(scaled(1000, 'counted', 'claude-opus-4-6', new Map([['claude-5', 1.31]])).tokens, 1180);
  });

  for (const name of ['typescript.txt', 'javascript.txt', 'markdown.txt', 'json.txt', 'diff.txt', 'cjk.txt']) {
    it(`by length is within a half of the true one: ${name}`, () => {
      const { tokens, basis } = countByLength(readFileSync(join(fixtures, 'corpus', name), 'utf8'), 'gpt-5');
      const ratio = tokens / (expected[name]?.o200k_base ?? 0);
      assert.ok(ratio > 0.67 && ratio < 1.5, `${ratio}`);
      assert.equal(basis, 'length');
    });
  }
});
