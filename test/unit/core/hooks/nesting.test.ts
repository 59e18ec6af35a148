import assert from 'node:assert/strict';
import { isDeeper } from '../../../../src/core/hooks/nesting.ts';

const cases: readonly (readonly [string, boolean])[] = [
  ['', false],
  ['7', false],
  ['[[]]', false],
  ['[[[]]]', true],
  ['{"a":{"b":{}}}', true],
  ['[{},{},[],[]]', false],
  ['[[],"[[[["]', false],
  ['["\\"[[[[",[]]', false],
  ['["\\\\",[[]]]', true],
  ['["without end [[[', false],
  ['[[[', true],
  ['"\\', false],
];

describe('nesting', () => {
  for (const [json, deeper] of cases) {
    it(`is ${deeper ? '' : 'not '}deeper than two in ${json || 'nothing'}`, () => {
      assert.equal(isDeeper(json, 2), deeper);
    });
  }
});
