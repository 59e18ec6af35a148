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
  [
    'a cap with a bad part',
    { caps: { '*': { day: 5, hard: true, sesion: 2, month: '60' } } },
    { caps: { '*': { day: 5, hard: true } } },
    ['caps.*.month', 'caps.*'],
  ],
  [
    'caps of what is no folder',
    { caps: { shop: { day: 5 }, '~/shop': { day: 5 }, '/w/shop': { day: 5 }, 'C:\\w': { day: 5 }, '*': { day: 9 } } },
    { caps: { '/w/shop': { day: 5 }, 'C:\\w': { day: 5 }, '*': { day: 9 } } },
    ['caps.shop', 'caps.~/shop'],
  ],
  [
    'caps that cap nothing',
    { caps: { '*': { day: -5 }, '/w': 5, day: 5 } },
    { caps: { '*': {} } },
    ['caps.*.day', 'caps./w', 'caps.day'],
  ],
  [
    'a rule with a typo beside another',
    { preflightRules: { heavytask: 'warn', coldCache: 'warn', thinking: 'never' } },
    { preflightRules: { ...defaultSettings.preflightRules, coldCache: 'warn' } },
    ['preflightRules.thinking', 'preflightRules'],
  ],
  ['null', { priceOverrides: null }, {}, ['priceOverrides']],
];

describe('settings', () => {
  it('say what is wrong with a cap', () => {
    const caps = { shop: { day: 5 }, '*': { dai: 5 } };
    assert.deepEqual(usableSettings({ caps }).refused, [
      'caps.shop: expected * or the absolute path of a folder',
      'caps.*: Unrecognized key: "dai"',
    ]);
  });
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
