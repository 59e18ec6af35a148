import assert from 'node:assert/strict';
import type { LastCall } from '../../../../src/core/forecast/cacheState.ts';
import { foretell } from '../../../../src/core/forecast/foretell.ts';
import type { TaskAsk } from '../../../../src/core/forecast/foretell.ts';
import type { Outlook } from '../../../../src/core/forecast/outlook.ts';
import type { PastTask } from '../../../../src/core/forecast/pastTask.ts';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { noTokens } from '../../../../src/core/usage.ts';
import type { TokenCounts } from '../../../../src/core/usage.ts';

const card = defaultRateCard({ overrides: {}, aliases: {} });
const at = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;

function last(ago: number, tokens: Partial<TokenCounts> = {}, model = 'claude-opus-5-5'): LastCall {
  const how = { provider: 'anthropic', speed: 'standard', tier: 'standard', region: null } as const;
  const usual = { cacheRead: 140_000, cacheWrite1h: 7000, output: 1000 };
  return { ...how, at: at - ago, model, tokens: { ...noTokens, ...usual, ...tokens } };
}

function ask(more: Partial<TaskAsk> = {}): TaskAsk {
  const session = { last: last(minute), usual: null, preamble: null, provider: 'anthropic' };
  const prompt = { promptTokens: 100, maxOutput: null, thinkingCapped: null };
  return { at, model: 'claude-opus-5-5', effort: 'xhigh', ...session, ...prompt, ...more };
}

function past(more: Partial<PastTask> = {}): PastTask {
  const task = { model: 'claude-opus-5-5', effort: 'xhigh', cost: 1, thinking: 0.1, answers: [500], length: 10 };
  return { ...task, ...more };
}

function outlook(more: Partial<TaskAsk> = {}, tasks: readonly PastTask[] = []): Outlook {
  return foretell(ask(more), tasks, card) ?? assert.fail('no price');
}

const many = (n: number, more: Partial<PastTask> = {}): PastTask[] => Array.from({ length: n }, () => past(more));

describe('the outlook on a prompt', () => {
  it('says why, as the issue has it', () => {
    const { reasons, cache } = outlook({ last: last(132 * minute), promptTokens: 12 });
    assert.deepEqual(reasons, [
      '148k context, cache cold for 72 min (+$1.15)',
      'effort xhigh, no thinking cap',
      'no tasks of yours to go by yet',
    ]);
    assert.deepEqual([cache.state, cache.extra.toFixed(4)], ['cold', '1.1466']);
  });

  it('has the context, the prompt in it, and the dearest answer there can be', () => {
    const found = outlook({ promptTokens: 2000 });
    assert.deepEqual([found.context, found.promptTokens, found.cache.state], [150_000, 2000, 'warm']);
    // 147k × 0.20 + 3k × 8 + 128k × 20 µ$
    assert.equal(found.call.worst?.toFixed(4), '2.6134');
    assert.equal(outlook({ maxOutput: 1000 }).call.worst?.toFixed(4), '0.0582');
  });

  it('knows no worst case of a model without limits', () => {
    assert.equal(outlook({ model: 'gpt-4.1', provider: 'openai', last: null }).call.worst, null);
  });

  it('reads no more than the model takes', () => {
    assert.equal(outlook({ promptTokens: 3e6 }).context, 1e6);
  });

  it('of a first prompt reads the preamble, less what other sessions left', () => {
    const usual = last(minute, { cacheWrite1h: 0, cacheWrite5m: 7000 });
    const first = outlook({ last: null, usual, preamble: { tokens: 15_000, shared: 10_000 } });
    assert.deepEqual([first.context, first.cache], [15_100, { state: 'none', extra: 0 }]);
    // 10k × 0.20 + 5.1k × 5 + 400 × 20 µ$
    assert.equal(first.call.median.toFixed(4), '0.0355');
    assert.equal(first.reasons[0], '15k context of a new session');
  });

  const bases: readonly [title: string, tasks: readonly PastTask[], basis: Outlook['basis']][] = [
    ['model and effort', [...many(12), ...many(9, { effort: 'low' })], { tasks: 12, like: 'model and effort' }],
    ['model', [...many(11), ...many(9, { effort: 'low' })], { tasks: 20, like: 'model' }],
    ['any', [...many(11), ...many(9, { model: 'gpt-5.5' })], { tasks: 20, like: 'any' }],
    ['the newest alone', many(500), { tasks: 60, like: 'model and effort' }],
    ['none', [], { tasks: 0, like: 'none' }],
  ];
  it('knows a model by any of its spellings', () =>
    assert.deepEqual(outlook({ model: 'claude-opus-5-5[1m]' }, many(12)).basis, bases[0]?.[2]));

  for (const [title, tasks, basis] of bases) {
    it(`rests on ${title}`, () => assert.deepEqual(outlook({}, tasks).basis, basis));
  }

  it('is longer by what such tasks were longer, and by all that a lost cache costs', () => {
    const tasks = Array.from({ length: 19 }, (_, i) => past({ length: i + 1 }));
    const warm = outlook({}, tasks);
    assert.ok(warm.task.p90 > 1.7 * warm.task.median);
    const cold = outlook({ last: last(61 * minute) }, tasks);
    assert.equal((cold.task.median - warm.task.median).toFixed(9), cold.cache.extra.toFixed(9));
    assert.equal((cold.task.p90 - warm.task.p90).toFixed(9), cold.cache.extra.toFixed(9));
  });

  it('is as much longer at an effort without tasks as the effort costs more', () => {
    // Opus 5.5 costs 0.66 at medium and 3.44 at max.
    const tasks = many(20, { effort: 'medium' });
    const longer = many(20, { effort: 'max', length: (10 * 3.44) / 0.66 });
    assert.deepEqual(outlook({ effort: 'max' }, tasks).task, outlook({ effort: 'max' }, longer).task);
    assert.deepEqual(outlook({ effort: 'odd' }, tasks).task, outlook({ effort: 'medium' }, tasks).task);
  });

  it('is never below its first call', () => {
    const { call, task } = outlook({}, many(20, { length: -5 }));
    assert.deepEqual([task.median, task.p90], [call.median, call.p90]);
  });

  it("has the user's median task and thinking", () => {
    const costs = [1, 2, 3].map((cost) => past({ cost, thinking: cost === 3 ? null : cost }));
    const found = outlook({}, costs);
    assert.deepEqual([found.medianTask, found.thinkingP90], [2, 2]);
    const none = outlook();
    assert.deepEqual([none.medianTask, none.thinkingP90], [null, null]);
  });

  it('has thinking at that effort, as far as anybody knows', () => {
    const p90 = (effort: string, tasks: readonly PastTask[]) => outlook({ effort }, tasks).thinkingP90;
    assert.equal(p90('max', many(20, { effort: 'medium', thinking: 0.66 }))?.toFixed(6), '3.440000');
    // At an effort of unknown cost nothing is known, and other models say nothing.
    assert.equal(p90('odd', many(20, { effort: 'max', thinking: 9 })), null);
    assert.equal(
      p90('max', [...many(11), ...many(9, { model: 'gpt-5.5', effort: 'max', thinking: 9 })])?.toFixed(4),
      '0.2072',
    );
    // Few that tell say nothing of the many that do not.
    assert.equal(p90('xhigh', [...many(52, { thinking: null }), ...many(8, { thinking: 9 })]), null);
    assert.equal(p90('xhigh', [...many(51, { thinking: null }), ...many(9, { thinking: 9 })]), 9);
  });

  const caps: readonly [model: string, set: boolean | null, capped: boolean | null][] = [
    ['claude-opus-5-5', null, false],
    // What is set has no effect there.
    ['claude-opus-5-5', true, false],
    ['claude-sonnet-4-5', true, true],
    ['claude-sonnet-4-5', null, null],
  ];
  for (const [model, thinkingCapped, capped] of caps) {
    it(`${model} is capped: ${capped} when set ${thinkingCapped}`, () =>
      assert.equal(outlook({ model, thinkingCapped }).thinkingCapped, capped));
  }

  it('is none without a price', () => assert.equal(foretell(ask({ model: 'mystery-1' }), many(20), card), null));

  it('costs nothing where nothing has a price of its own', () => {
    const free = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
    const own = defaultRateCard({ overrides: { 'home-1': free }, aliases: {} });
    const found = foretell(ask({ model: 'home-1' }), many(20), own);
    assert.deepEqual([found?.task, found?.call.median], [{ median: 0, p90: 0 }, 0]);
    assert.deepEqual(foretell(ask({ model: 'home-1' }), [], own)?.task, { median: 0, p90: 0 });
  });
});
