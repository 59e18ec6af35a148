import assert from 'node:assert/strict';
import { assert as holds, array, constantFrom, nat, property, tuple } from 'fast-check';
import { createRunCutter, longestRun } from '../../../../src/core/tokens/runs.ts';

const cut = createRunCutter();

/** What either vocabulary's pattern may take as one piece, none of it longer than a run may be. */
const pieces = /[\p{L}\p{M}]+|[^\s\p{L}\p{N}]+[\r\n/]*|\s+/gu;
const longestPiece = (text: string): number =>
  Math.max(0, ...Array.from(text.matchAll(pieces), ([piece]) => piece.length));

const characters = constantFrom(
  'a',
  'Z',
  '中',
  'é',
  '\u0301',
  ' ',
  '\t',
  '\n',
  '\r',
  '=',
  '/',
  '7',
  '😀',
  '𠜎',
  '\ufeff',
  '\u0085',
);
const texts = array(tuple(characters, nat(700)), { maxLength: 8 }).map((runs) =>
  runs.map(([character, length]) => character.repeat(length)).join(''),
);

describe('runs that are cut before they are counted', () => {
  it('lose no character, and none is longer than a run may be', () => {
    holds(
      property(texts, (text) => {
        const parts = cut(text);
        assert.equal(parts.join(''), text);
        assert.ok(parts.every((part) => longestPiece(part) <= longestRun));
      }),
      { numRuns: 300 },
    );
  });

  it('no character of two units is cut in half', () => {
    for (const text of ['😀'.repeat(1000), `x${'😀'.repeat(1000)}`, `${'='.repeat(127)}${'😀'.repeat(1000)}`])
      assert.ok(cut(text).every((part) => !/\p{Cs}/u.test(part)));
  });

  const whole: readonly (readonly [name: string, text: string])[] = [
    ['nothing', ''],
    ['letters', 'a'.repeat(longestRun)],
    ['spaces', ' '.repeat(longestRun)],
    ['symbols, line after line', `${'='.repeat(80)}\n`.repeat(50)],
    ['words', 'word '.repeat(5000)],
    ['digits, which are taken by three', '7'.repeat(5000)],
    ['mixed letters and digits', 'a1b22c333'.repeat(500)],
  ];
  for (const [name, text] of whole) it(`leaves whole: ${name}`, () => assert.deepEqual(cut(text), [text]));
});
