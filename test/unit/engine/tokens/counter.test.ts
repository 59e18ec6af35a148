import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenCounter } from '../../../../src/engine/tokens/counter.ts';
import { readJson } from '../../../support/expectations.ts';
import { seeded } from '../../../support/seeded.ts';
import { createTestCounter } from '../../../support/tokenCounter.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/tokens');
/** By two independent implementations that agree: gpt-tokenizer 4.0.0 and js-tiktoken 1.0.21. */
const expected = readJson(join(fixtures, 'expected.json')) as Record<string, Record<string, number>>;

const million = 1_000_000;
const random = seeded(1);
const letters = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(random(alphabet.length))).join('');
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const ideographs = String.fromCharCode(...Array.from({ length: 3000 }, (_, i) => 0x4e00 + i));

/** Each takes minutes to hours, or brings the tokenizer down, when it is counted in one piece. */
const unbroken: readonly (readonly [name: string, text: string])[] = [
  ['one character', 'a'.repeat(million)],
  ['spaces', ' '.repeat(million)],
  ['spaces between words', `x${' '.repeat(million)}x`],
  ['line breaks', '\n'.repeat(million)],
  ['a rule', '='.repeat(million)],
  ['base64', letters(base64, million)],
  ['letters', letters('abcdefghijklmnopqrstuvwxyz', million)],
  ['CJK', letters(ideographs, million)],
  ['one ideograph', '中'.repeat(million)],
  ['emoji', '😀'.repeat(million / 2)],
  ['marks', `a${'\u0301'.repeat(million)}`],
];

describe('the token counter', function () {
  this.timeout(120_000);
  let counter: TokenCounter;
  before(async () => {
    counter = createTestCounter();
    await Promise.all([counter.warm('gpt-5'), counter.warm('gpt-4')]);
  });
  after(() => counter.dispose());

  it('has a text of each kind to be tried on', () => {
    assert.deepEqual(Object.keys(expected).toSorted(), readdirSync(join(fixtures, 'corpus')).toSorted());
  });

  for (const [name, counts] of Object.entries(expected)) {
    it(`counts exactly: ${name}`, async () => {
      const text = readFileSync(join(fixtures, 'corpus', name), 'utf8');
      const [o200k, cl100k] = await Promise.all([counter.count(text, 'gpt-5'), counter.count(text, 'gpt-4')]);
      const found = { o200k_base: o200k.tokens, cl100k_base: cl100k.tokens };
      assert.deepEqual([found, o200k.basis, cl100k.basis], [counts, 'counted', 'counted']);
    });
  }

  it('counts as the special tokens of a prompt what they are written with', async () => {
    const { tokens } = await counter.count('<|endoftext|>', 'gpt-5');
    assert.equal(tokens, 7);
  });

  for (const [name, text] of unbroken) {
    it(`counts a megabyte of ${name}`, async () => {
      const [o200k, cl100k] = await Promise.all([counter.count(text, 'gpt-5'), counter.count(text, 'claude-opus-5-5')]);
      assert.deepEqual([o200k.basis, cl100k.basis], ['counted', 'counted']);
      assert.ok(o200k.tokens > 0 && cl100k.tokens > 0);
    });
  }

  it('counts a text that no window holds by its length', async () => {
    assert.equal((await counter.count('word '.repeat(4 * million), 'gpt-5')).basis, 'length');
  });
});
