import assert from 'node:assert/strict';
import { defaultSettings, usableSettings } from '../../../src/core/settings.ts';
import type { Settings } from '../../../src/core/settings.ts';

const good = { input: 1, output: 2 };

/** What is set, what of it holds beside the defaults, and where something was left out. */
const cases: readonly (readonly [
  name: string,
  set: Record<string, unknown>,
  holds: Partial<Settings>,
  refused: readonly string[],
])[] = [
  ['nothing', {}, {}, []],
  ['good values', { dailyBudget: 5, leadingFigure: 'month' }, { dailyBudget: 5, leadingFigure: 'month' }, []],
  ['a bad value', { dailyBudget: -1, warnAbove: 2 }, { warnAbove: 2 }, ['dailyBudget']],
  [
    'a bad price beside a good one',
    { priceOverrides: { owl: { input: 'dear', output: 2 }, wren: good } },
    { priceOverrides: { wren: good } },
    ['priceOverrides.owl.input'],
  ],
  [
    'several bad entries',
    { priceOverrides: { owl: 3, wren: good, kite: { ...good, unit: 'token' } } },
    { priceOverrides: { wren: good } },
    ['priceOverrides.owl', 'priceOverrides.kite'],
  ],
  ['a bad alias', { modelAliases: { owl: 1, kite: 'wren' } }, { modelAliases: { kite: 'wren' } }, ['modelAliases.owl']],
  ['a bad home', { extraHomes: ['/mnt/a', 7, '/mnt/b'] }, { extraHomes: ['/mnt/a', '/mnt/b'] }, ['extraHomes.1']],
  ['a list that is none', { extraHomes: '/mnt/a' }, {}, ['extraHomes']],
  ['a table that is a list', { priceOverrides: [good] }, {}, ['priceOverrides']],
  ['null', { priceOverrides: null }, {}, ['priceOverrides']],
];

describe('settings', () => {
  for (const [name, set, holds, refused] of cases) {
    it(`take ${name}`, () => {
      const usable = usableSettings(set);
      assert.deepEqual(usable.settings, { ...defaultSettings, ...holds });
      assert.deepEqual(
        usable.refused.map((what) => what.split(':')[0]),
        refused,
      );
    });
  }
});
