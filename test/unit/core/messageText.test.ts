import assert from 'node:assert/strict';
import { callTitle, projectionText, refusedSettingsText, warningText } from '../../../src/core/messageText.ts';
import { untranslated } from '../../../src/core/translate.ts';

const warning = {
  session: 's1',
  agentLabel: 'Claude Code',
  model: 'claude-opus-5-5[1m]',
  project: null,
  estimate: 1.42,
  reasons: ['148k context', 'cache cold for 72 min (+$0.55)'],
  inWindow: true,
};
const projection = {
  month: '2026-11',
  toDate: 187.4,
  projected: 268.2,
  perActiveDay: 12.49,
  activeDays: 15,
  daysLeft: 9,
  tasksPerActiveDay: 40,
  tier: 'builder',
  basis: '15 active days at $12.49.',
} as const;

describe('messages', () => {
  it('warn of a call with its estimate and reasons', () => {
    assert.equal(
      warningText(warning, untranslated),
      'In flight: one call of Claude Code (claude-opus-5-5[1m]) may cost about $1.42. 148k context; cache cold for 72 min (+$0.55). Press Esc in Claude Code to stop it.',
    );
  });

  it('warn without reasons', () => {
    assert.match(warningText({ ...warning, reasons: [] }, untranslated), /about \$1\.42\. Press Esc/);
  });

  it('name a setting that is left out, and how many more', () => {
    const first = 'burnMeter.caps.*: Unrecognized key: "dai"';
    const head = 'A setting cannot be used and is left out: burnMeter.caps.*: Unrecognized key: "dai".';
    assert.deepEqual(
      [0, 1, 2].map((more) => refusedSettingsText(first, more, untranslated)),
      [head, `${head} So is 1 more.`, `${head} So are 2 more.`],
    );
    assert.doesNotMatch(refusedSettingsText('burnMeter.caps.[x](command:evil)', 0, untranslated), /\]\(/);
  });

  it('make no link of a model’s name', () => {
    const text = warningText({ ...warning, model: '[x](command:evil)\nnext' }, untranslated);
    assert.doesNotMatch(text, /\]\(|\n/);
  });

  it('project the month', () => {
    assert.equal(
      projectionText(projection, untranslated),
      'At your pace this month comes to about $268.20: the builder tier. 15 active days at $12.49.',
    );
  });

  it('title calls by their cost', () => {
    assert.equal(callTitle({ listCost: 0.42, model: 'm' }, untranslated), '$0.42 · m');
    assert.equal(callTitle({ listCost: null, model: 'm' }, untranslated), 'unpriced · m');
  });
});
