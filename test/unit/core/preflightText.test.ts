import assert from 'node:assert/strict';
import type { PreflightQuestion, RuleName } from '../../../src/core/preflight/question.ts';
import { adviceText, questionText, tooLateText } from '../../../src/core/preflightText.ts';
import { untranslated } from '../../../src/core/translate.ts';
import { findingOf, outlookOf, questionOf } from '../../support/question.ts';

const text = (more: Partial<PreflightQuestion>) => questionText(questionOf(more), untranslated);
const hostile = '[x](command:evil)\nnext';

const heads: readonly (readonly [string, Partial<PreflightQuestion>, string])[] = [
  ['a prompt', {}, 'Claude Code in shop: this task may cost about $4.20 (9 in 10 stay below $9.80).'],
  [
    'a further call',
    { kind: 'nextCall' },
    'Claude Code in shop: its next call may cost about $0.90 (9 in 10 stay below $1.70).',
  ],
  [
    'a subagent',
    { kind: 'subagent' },
    'Claude Code in shop: a subagent is about to start; each of its calls may cost about $0.90.',
  ],
  ['what has no price', { outlook: null }, 'Claude Code in shop: what this may cost is not known.'],
  ['a session nowhere', { project: null }, 'Claude Code: this task may cost about $4.20 (9 in 10 stay below $9.80).'],
];

const said: readonly (readonly [string, Partial<PreflightQuestion>, string])[] = [
  ['why', {}, '• The task may pass $2.00.\n'],
  ['the worst case', {}, 'Next call: about $0.90, at worst $3.46 (claude-opus-5-5).'],
  [
    'no worst case where it is not known',
    { outlook: outlookOf({ call: { median: 0.9, p90: 1.7, worst: null } }) },
    'Next call: about $0.90 (claude-opus-5-5).',
  ],
  [
    'what the estimate is made of',
    {},
    '148k context, cache cold for 72 min (+$0.55); effort high, no thinking cap; by 42 tasks of yours with this model and effort.',
  ],
  [
    'it as a sentence',
    { outlook: outlookOf({ reasons: ['a new session, 45k context taken as usual', 'no thinking cap'] }) },
    '\nA new session, 45k context taken as usual; no thinking cap.',
  ],
  [
    'the size of a long prompt, as the estimate it is',
    { outlook: outlookOf({ promptTokens: 12_345 }) },
    'Your prompt: about 12k tokens, an estimate.',
  ],
  [
    'what to do about the cache, and what that costs',
    { findings: [findingOf({ rule: 'coldCache' })] },
    'Start afresh with /clear if the context is no longer needed. /compact pays that once and makes later turns cheaper.',
  ],
  ['what to do about the cost', {}, 'Lower the effort, or choose a smaller model.'],
];

describe('the pre-flight question', () => {
  for (const [name, more, message] of heads) it(`names ${name}`, () => assert.equal(text(more).message, message));
  for (const [name, more, part] of said) {
    it(`says ${name}`, () => assert.ok(text(more).detail.includes(part), text(more).detail));
  }

  it('says what to do about every rule, each thing once', () => {
    const rules: readonly RuleName[] = ['heavyTask', 'coldCache', 'subagents', 'nearBudget', 'thinking', 'cap'];
    const detail = text({ outlook: null, findings: rules.map((rule) => findingOf({ rule })) }).detail;
    const lines = detail.split('\n\n')[1]?.split('\n') ?? [];
    assert.equal(lines.length, rules.length - 1, detail);
    assert.equal(new Set(lines).size, lines.length);
  });

  it('keeps text from records in its line', () => {
    const finding = findingOf({ reason: hostile });
    const outlook = outlookOf({ model: hostile, effort: hostile, reasons: [hostile] });
    const asked = text({ agentLabel: hostile, project: `/home/${hostile}`, findings: [finding], outlook });
    assert.doesNotMatch(asked.message, /\]\(|\n/);
    assert.doesNotMatch(asked.detail, /\]\(|\nnext/);
  });
});

describe('pre-flight advice', () => {
  it('says the estimate, why, and what to do in one line', () => {
    assert.equal(
      adviceText(questionOf(), untranslated),
      'Claude Code in shop: this task may cost about $4.20 (9 in 10 stay below $9.80). The task may pass $2.00. Lower the effort, or choose a smaller model.',
    );
  });

  it('says what a cap refused, and what to do once', () => {
    const findings = [findingOf({ rule: 'cap', action: 'deny', reason: 'Today’s cap is reached. Raise it.' })];
    assert.equal(
      adviceText(questionOf({ findings }), untranslated),
      'Claude Code in shop: refused. Today’s cap is reached. Raise it.',
    );
  });

  it('makes no link of text from records', () => {
    const findings = [findingOf({ reason: hostile })];
    assert.doesNotMatch(adviceText(questionOf({ findings, agentLabel: hostile }), untranslated), /\]\(|\n/);
    assert.doesNotMatch(tooLateText(questionOf({ agentLabel: hostile }), untranslated), /\]\(|\n/);
  });
});
