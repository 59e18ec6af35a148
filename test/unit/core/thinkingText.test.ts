import assert from 'node:assert/strict';
import type { ThinkingStatus } from '../../../src/core/actions.ts';
import { effortDoneText, effortRows, thinkingRow } from '../../../src/core/thinkingText.ts';
import { untranslated } from '../../../src/core/translate.ts';

const home = '/home/dev';
const setIn = { path: '/home/dev/.owl/settings.json', key: 'effortLevel' };

function status(more: Partial<ThinkingStatus> = {}): ThinkingStatus {
  return {
    agent: 'owl',
    label: 'Owl',
    efforts: ['low', 'medium', 'high'],
    lastWeek: 3.2,
    canUndo: false,
    on: true,
    cap: 'uncapped',
    effort: 'high',
    setIn,
    maxOutput: null,
    ...more,
  };
}

const unset = { on: null, cap: null, effort: null, setIn: null };

const cases: readonly (readonly [string, Partial<ThinkingStatus>, string, string])[] = [
  [
    'thinks without a cap',
    {},
    'thinking on · no cap · effort high · $3.20 of thinking in 7 days',
    'Set in ~/.owl/settings.json (effortLevel)',
  ],
  [
    'is capped',
    { cap: 8000, maxOutput: 32_000 },
    'thinking on · capped at 8k tokens · effort high · at most 32k tokens a call · $3.20 of thinking in 7 days',
    'Set in ~/.owl/settings.json (effortLevel)',
  ],
  [
    'does not think',
    { on: false, effort: null },
    'thinking off · $3.20 of thinking in 7 days',
    'Set in ~/.owl/settings.json (effortLevel)',
  ],
  [
    'is left alone',
    { ...unset, lastWeek: 0 },
    'default · $0.00 of thinking in 7 days',
    'Nothing is set: the agent’s default holds',
  ],
  [
    'does not say',
    { ...unset, lastWeek: null },
    'default · cost not known',
    'Nothing is set: the agent’s default holds',
  ],
];

const rows = (more: Partial<ThinkingStatus>) =>
  effortRows(status(more), home, untranslated).map(({ label, description, step }) => [label, description, step.does]);

describe('thinking settings', () => {
  for (const [name, more, description, detail] of cases) {
    it(`tell of an agent that ${name}`, () => {
      const row = thinkingRow(status(more), home, untranslated);
      assert.deepEqual([row.label, row.description, row.detail], ['Owl', description, detail]);
    });
  }

  it('offer its efforts, the present one marked, the way back and the file', () => {
    assert.deepEqual(rows({ canUndo: true }), [
      ['$(blank) low', '', 'setEffort'],
      ['$(blank) medium', '', 'setEffort'],
      ['$(check) high', 'now', 'setEffort'],
      ['$(discard) Put Back', 'what was set before Burn Meter changed it', 'putBack'],
      ['$(go-to-file) Open the File', '~/.owl/settings.json', 'open'],
    ]);
  });

  it('offer no way back and no file where there is none', () => {
    assert.deepEqual(
      rows({ ...unset }).map(([, , does]) => does),
      ['setEffort', 'setEffort', 'setEffort'],
    );
  });

  it('say what was done', () => {
    const text = (more: Partial<ThinkingStatus>) => effortDoneText(status(more), home, untranslated);
    assert.equal(text({}), 'Owl uses effort high from its next session on: ~/.owl/settings.json.');
    assert.equal(text({ setIn: null }), 'Owl uses effort high from its next session on.');
    assert.equal(text(unset), 'Owl is back at its own default effort.');
  });
});
