import assert from 'node:assert/strict';
import type { Found } from '../../../../src/core/guard/preflight/found.ts';
import { noMemory, openFor, remember, sessionOf } from '../../../../src/core/guard/preflight/memory.ts';
import type { Happening, PreflightMemory } from '../../../../src/core/guard/preflight/memory.ts';
import type { PreflightInput } from '../../../../src/core/guard/preflight/rules.ts';
import { actionOf, hardOnly, preflightFindings } from '../../../../src/core/guard/preflight/findings.ts';
import { takesThinkingCap } from '../../../../src/core/models.ts';
import { defaultSettings } from '../../../../src/core/settings.ts';
import type { Settings } from '../../../../src/core/settings.ts';
import { outlook, hookEvent } from '../../../support/hookEvent.ts';

const session = { allowed: false, subagents: 0, subagentsAgreed: 0 };
const quiet: PreflightInput = {
  event: hookEvent(),
  outlook: outlook(),
  settings: defaultSettings,
  session,
  day: '2026-11-21',
  month: '2026-11',
  spentToday: 0,
  caps: [],
  marks: new Map(),
};
const set = (own: Partial<Settings>): Pick<PreflightInput, 'settings'> => ({
  settings: { ...defaultSettings, ...own },
});
const task = (median: number, own: Parameters<typeof outlook>[0] = {}): Pick<PreflightInput, 'outlook'> => ({
  outlook: outlook({ task: { median, p90: 3 * median }, ...own }),
});
const cold = (extra: number) => ({ outlook: outlook({ context: 148_000, cache: { state: 'cold', extra } }) });
const subagent = hookEvent({ kind: 'subagent', prompt: null });
const rename = hookEvent({ prompt: 'please rename foo to bar everywhere' });
const budget = set({ dailyBudget: 10 });
const cap = { scope: 'day', folder: '*', cap: 5, hard: false, spent: 5 } as const;

/** What is judged beside the quiet case, and what is said: `rule action: reason`. */
const cases: readonly (readonly [name: string, input: Partial<PreflightInput>, said: readonly string[]])[] = [
  ['nothing', {}, []],
  ['no estimate', { outlook: null }, []],

  ['a task at the limit', task(2, { medianTask: null }), []],
  ['a task above the limit', task(2.1, { medianTask: null }), ['heavyTask ask: Above your $2.00 for a task.']],
  ['a task above a limit that is off', { ...task(9, { medianTask: null }), ...set({ askAbove: 0 }) }, []],
  ['five times the median', task(0.5), []],
  ['more than five times', task(0.61), ['heavyTask ask: 6 times your median task ($0.10).']],
  ['more than five times, but cheap', task(0.25, { medianTask: 0.01 }), []],
  ['more than five times of too few', task(0.61, { basis: { tasks: 11, like: 'any' } }), []],
  ['more than five times, off', { ...task(0.61), ...set({ askAboveTimesMedian: 0 }) }, []],

  ['a cold cache', cold(1), []],
  [
    'a dear cold cache',
    cold(1.1),
    ['coldCache ask: The cache is cold: reading 148k tokens of context anew costs $1.10 more.'],
  ],
  ['a dear cold cache, off', { ...cold(9), ...set({ coldCacheAbove: 0 }) }, []],
  ['a new session', { outlook: outlook({ cache: { state: 'none', extra: 9 } }) }, []],

  ['four subagents', { event: subagent, session: { ...session, subagents: 4 } }, []],
  [
    'five subagents',
    { event: subagent, session: { ...session, subagents: 5 } },
    ['subagents ask: This is subagent 5 of one task. Each one reads a context of its own.'],
  ],
  ['as many as agreed to', { event: subagent, session: { allowed: false, subagents: 10, subagentsAgreed: 10 } }, []],
  [
    'five subagents, off',
    { event: subagent, session: { ...session, subagents: 5 }, ...set({ subagentsAbove: 0 }) },
    [],
  ],
  ['a prompt after five subagents', { session: { ...session, subagents: 5 } }, []],

  ['no budget', { spentToday: 99 }, []],
  ['a budget with room', { ...budget, spentToday: 7.8 }, []],
  [
    'near a budget',
    { ...budget, spentToday: 7.95 },
    ["nearBudget ask: $7.95 of today's $10.00 budget is spent; with this task it may be $8.05."],
  ],
  ['near a budget, said', { ...budget, spentToday: 7.95, marks: new Map([['budget 2026-11-21 near', 7]]) }, []],
  [
    'near a budget, said yesterday',
    { ...budget, spentToday: 9, marks: new Map([['budget 2026-11-20 near', 7]]) },
    ["nearBudget ask: $9.00 of today's $10.00 budget is spent; with this task it may be $9.10."],
  ],
  [
    'over a budget, near it said',
    { ...budget, spentToday: 9.95, marks: new Map([['budget 2026-11-21 near', 7]]) },
    ["nearBudget ask: $9.95 of today's $10.00 budget is spent; with this task it may be $10.05."],
  ],
  ['over a budget, said', { ...budget, spentToday: 12, marks: new Map([['budget 2026-11-21 over', 11]]) }, []],

  ['uncapped thinking where none can be capped', { outlook: outlook({ effort: 'max' }) }, []],
  [
    'dear thinking',
    { outlook: outlook({ thinkingP90: 0.8 }) },
    ['thinking ask: One in ten of your tasks with claude-opus-5-5 at effort high thinks for more than $0.80.'],
  ],
  [
    'dear thinking, as foretold from other efforts',
    { outlook: outlook({ thinkingP90: 0.8, basis: { tasks: 20, like: 'model' } }) },
    [
      'thinking ask: Going by other efforts, one in ten of your tasks with claude-opus-5-5 at effort high thinks for more than $0.80.',
    ],
  ],
  ['thinking at the limit', { outlook: outlook({ thinkingP90: 0.5 }) }, []],
  ['dear thinking, off', { outlook: outlook({ thinkingP90: 9 }), ...set({ thinkingAbove: 0 }) }, []],
  ['dear thinking of few tasks', { outlook: outlook({ thinkingP90: 9, basis: { tasks: 9, like: 'model' } }) }, []],
  ['dear thinking of other models', { outlook: outlook({ thinkingP90: 9, basis: { tasks: 99, like: 'any' } }) }, []],
  [
    'dear thinking, said',
    { outlook: outlook({ thinkingP90: 9 }), marks: new Map([['thinking ["claude","s1"]', 0]]) },
    [],
  ],
  [
    'a mechanical prompt',
    { event: rename },
    ['thinking ask: Mechanical work ("rename") goes to claude-opus-5-5 at effort high. The lowest effort would do.'],
  ],
  ['a mechanical prompt at the lowest effort', { event: rename, outlook: outlook({ effort: 'low' }) }, []],
  ['a mechanical prompt at an unknown effort', { event: rename, outlook: outlook({ effort: null }) }, []],
  ['a hard question about renaming', { event: hookEvent({ prompt: 'figure out why rename fails' }) }, []],
  [
    'no cap where one can be set',
    { outlook: outlook({ model: 'claude-sonnet-4-5', effort: null }) },
    ['thinking ask: Thinking has no cap, and claude-sonnet-4-5 takes one.'],
  ],
  ['a cap', { outlook: outlook({ model: 'claude-sonnet-4-5', thinkingCapped: true }) }, []],
  ['a cap that is not known', { outlook: outlook({ model: 'claude-sonnet-4-5', thinkingCapped: null }) }, []],

  ['a soft cap', { caps: [cap] }, ['cap ask: Cap of $5.00 reached: $5.00 spent today.']],
  ['a soft cap, agreed to', { caps: [cap], marks: new Map([['cap day 2026-11-21 *', 4]]) }, []],
  [
    'a soft cap, a quarter later',
    { caps: [{ ...cap, spent: 5.25 }], marks: new Map([['cap day 2026-11-21 *', 4]]) },
    ['cap ask: Cap of $5.00 reached: $5.25 spent today.'],
  ],
  [
    'a soft cap, agreed to the day before',
    { caps: [cap], marks: new Map([['cap day 2026-11-20 *', 5]]) },
    ['cap ask: Cap of $5.00 reached: $5.00 spent today.'],
  ],
  [
    'a hard cap, agreed to',
    { caps: [{ ...cap, hard: true }], marks: new Map([['cap day 2026-11-21 *', 5]]) },
    ['cap deny: Hard cap of $5.00 reached: $5.00 spent today. To go on, raise it in burnMeter.caps.'],
  ],
  [
    'a cap on a further call',
    { event: hookEvent({ kind: 'nextCall' }), outlook: null, caps: [cap] },
    ['cap ask: Cap of $5.00 reached: $5.00 spent today.'],
  ],
  ['a further call', { event: hookEvent({ kind: 'nextCall' }), ...task(9), ...budget, spentToday: 12 }, []],

  [
    'several, the hard one first, then the dearest, warnings last',
    {
      ...set({ preflightRules: { ...defaultSettings.preflightRules, heavyTask: 'warn' } }),
      outlook: outlook({ task: { median: 6, p90: 9 }, cache: { state: 'cold', extra: 2 }, thinkingP90: 4 }),
      caps: [{ ...cap, hard: true }],
    },
    [
      'cap deny: Hard cap of $5.00 reached: $5.00 spent today. To go on, raise it in burnMeter.caps.',
      'thinking ask: One in ten of your tasks with claude-opus-5-5 at effort high thinks for more than $4.00.',
      'coldCache ask: The cache is cold: reading 40k tokens of context anew costs $2.00 more.',
      'heavyTask warn: Above your $2.00 for a task.',
    ],
  ],
  [
    'a silent rule',
    { ...task(9), ...set({ preflightRules: { ...defaultSettings.preflightRules, heavyTask: 'silent' } }) },
    [],
  ],
];

describe('the pre-flight rules', () => {
  for (const [name, input, said] of cases) {
    it(`${name}: ${said.map((s) => s.split(':')[0]).join(', ') || 'silent'}`, () => {
      const found = preflightFindings({ ...quiet, ...input });
      assert.deepEqual(
        found.map((f) => `${f.rule} ${f.action}: ${f.reason}`),
        said,
      );
    });
  }

  it('come to the hardest of their actions', () => {
    const of = (...actions: Found['action'][]) =>
      actions.map((action) => ({ rule: 'cap', action, reason: '' }) as const);
    assert.deepEqual([of(), of('warn'), of('warn', 'ask'), of('ask', 'deny', 'warn')].map(actionOf), [
      'allow',
      'warn',
      'ask',
      'deny',
    ]);
  });

  it('leave hard caps standing when nobody wants to be asked', () => {
    const found = preflightFindings({ ...quiet, ...task(9), caps: [cap, { ...cap, scope: 'month', hard: true }] });
    assert.deepEqual(
      found.map((f) => f.action),
      ['deny', 'ask', 'ask'],
    );
    assert.deepEqual(hardOnly(found), found.slice(0, 1));
  });
});

describe('a cap on thinking', () => {
  const models: readonly (readonly [model: string, takes: boolean])[] = [
    ['claude-sonnet-4-5', true],
    ['claude-sonnet-4-5-20250929', true],
    ['claude-haiku-4-5-20251001', true],
    ['claude-opus-4-1', true],
    ['claude-sonnet-4-6', false],
    ['claude-opus-5-5', false],
    ['claude-haiku-5-5', false],
    ['gemini-2.5-pro', true],
    ['gpt-5.5', false],
    ['owl', false],
  ];
  for (const [model, takes] of models) it(`${model}: ${takes}`, () => assert.equal(takesThinkingCap(model), takes));
});

describe('what pre-flight remembers', () => {
  const after = (...what: readonly Happening[]): PreflightMemory => what.reduce(remember, noMemory);
  const prompt = hookEvent();
  const asks = preflightFindings({ ...quiet, outlook: outlook({ thinkingP90: 9 }), caps: [cap] });
  const fanOut = preflightFindings({ ...quiet, event: subagent, session: { ...session, subagents: 5 } });
  const started: Happening = { kind: 'event', event: subagent };
  const said: Happening = { kind: 'said', event: prompt, found: asks };
  const chosen = (choice: 'send' | 'dontSend' | 'always' | 'none'): Happening => ({
    kind: 'chosen',
    event: prompt,
    found: asks,
    choice,
  });

  it('counts the subagents of a task, anew with each prompt and in each session', () => {
    assert.equal(sessionOf(after(started, started), subagent).subagents, 2);
    assert.equal(sessionOf(after(started, { kind: 'event', event: prompt }, started), subagent).subagents, 1);
    assert.equal(sessionOf(after(started), hookEvent({ session: 's2' })).subagents, 0);
    assert.equal(sessionOf(after(started), hookEvent({ agent: 'codex' })).subagents, 0);
  });

  it('lets as many subagents again go unasked once they were agreed to', () => {
    const five = Array.from({ length: 5 }, () => started);
    const agree = (choice: 'send' | 'dontSend') =>
      sessionOf(after(...five, { kind: 'chosen', event: subagent, found: fanOut, choice }), subagent).subagentsAgreed;
    assert.deepEqual([agree('send'), agree('dontSend')], [10, 0]);
  });

  it('takes a task that goes on after its agent asked for a yes, launches beside the one asked about too', () => {
    const five = Array.from({ length: 5 }, () => started);
    const left: Happening = { kind: 'left', event: subagent, found: [...fanOut, ...asks] };
    const next: Happening = { kind: 'event', event: hookEvent({ kind: 'nextCall' }) };
    const agreedTo = (...then: readonly Happening[]) => {
      const memory = after(...five, left, ...then);
      return [sessionOf(memory, subagent).subagentsAgreed, memory.marks.size, memory.left.size];
    };
    assert.deepEqual(agreedTo(), [0, 0, 1]);
    assert.deepEqual(agreedTo(next), [10, 1, 0]);
    assert.deepEqual(agreedTo(started), [10, 1, 0]);
    assert.deepEqual(agreedTo({ kind: 'event', event: hookEvent() }), [0, 0, 0]);
    assert.deepEqual(agreedTo({ kind: 'event', event: hookEvent({ kind: 'nextCall', session: 's2' }) }), [0, 0, 1]);
  });

  it('says of thinking once a session, and of a cap until it is agreed to', () => {
    const keys = (memory: PreflightMemory) => [...memory.marks.keys()];
    const thinking = 'thinking ["claude","s1"]';
    assert.deepEqual(keys(after(said)), [thinking]);
    assert.deepEqual(keys(after(said, chosen('dontSend'))), [thinking]);
    assert.deepEqual(keys(after(said, chosen('send'))), [thinking, 'cap day 2026-11-21 *']);
    assert.deepEqual(keys(after(said, chosen('none'))), [thinking, 'cap day 2026-11-21 *']);
  });

  it('knows the same prompt again until it is agreed to', () => {
    const rules = (memory: PreflightMemory, event = prompt) => openFor(memory, event).map((f) => f.rule);
    assert.deepEqual(
      rules(after(said)),
      ['thinking', 'cap'].toSorted((a, b) => asks.findIndex((f) => f.rule === a) - asks.findIndex((f) => f.rule === b)),
    );
    assert.deepEqual(rules(after(said), hookEvent({ prompt: 'another' })), []);
    assert.deepEqual(rules(after(said), hookEvent({ session: 's2' })), []);
    assert.equal(rules(after(said, chosen('dontSend'))).length, 2);
    assert.deepEqual(rules(after(said, chosen('send'))), []);
  });

  it('allows a session for good', () => {
    assert.equal(sessionOf(after(chosen('always')), prompt).allowed, true);
    assert.equal(sessionOf(after(chosen('send')), prompt).allowed, false);
    assert.equal(sessionOf(after(chosen('always')), hookEvent({ session: 's2' })).allowed, false);
  });

  it('keeps no word of a prompt, and no more than it needs', () => {
    const many = Array.from({ length: 700 }, (_, n) => hookEvent({ session: `s${n}`, prompt: `secret words ${n}` }));
    const memory = after(
      ...many.flatMap((event): Happening[] => [
        { kind: 'event', event },
        { ...said, event },
      ]),
    );
    assert.equal(memory.sessions.size, 500);
    assert.equal(memory.open.size, 500);
    const text = JSON.stringify([[...memory.sessions], [...memory.open], [...memory.marks]]);
    assert.ok(text.includes('s699') && !text.includes('secret'));
  });

  it('leaves the memory before as it was', () => {
    assert.deepEqual([noMemory.sessions.size, noMemory.open.size, noMemory.marks.size], [0, 0, 0]);
  });
});
