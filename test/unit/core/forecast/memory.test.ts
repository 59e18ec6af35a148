import assert from 'node:assert/strict';
import { createMemory } from '../../../../src/core/forecast/memory.ts';
import type { Memory } from '../../../../src/core/forecast/memory.ts';
import type { PastCall } from '../../../../src/core/forecast/pastCall.ts';
import { noTokens } from '../../../../src/core/usage.ts';
import type { TokenCounts } from '../../../../src/core/usage.ts';
import { ratesCard } from '../../../support/ratesCard.ts';

const start = Date.parse('2026-11-09T10:00:00Z');
const minute = 60_000;

function call(
  after: number,
  more: Partial<Omit<PastCall, 'tokens'>> & { tokens?: Partial<TokenCounts> } = {},
): PastCall {
  const { tokens, ...rest } = more;
  return {
    at: start + after * minute,
    agent: 'a',
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    session: 's',
    parentSession: null,
    subagent: null,
    turn: 't',
    project: '/p',
    effort: 'high',
    speed: 'standard',
    tier: 'standard',
    region: null,
    cost: 1,
    thinking: null,
    ...rest,
    tokens: { ...noTokens, cacheRead: 10_000, cacheWrite5m: 2000, output: 500, ...tokens },
  };
}

function memoryOf(calls: readonly PastCall[]): Memory {
  const memory = createMemory(ratesCard());
  for (const one of calls) memory.add(one);
  return memory;
}

describe('what past calls tell', () => {
  const costs: readonly [title: string, calls: readonly PastCall[], costs: readonly number[]][] = [
    ['a turn is a task', [call(0), call(1), call(2, { turn: 'u' })], [2, 1]],
    ['its subagents are in it', [call(0), call(1, { subagent: 'x' }), call(2, { turn: 'u' })], [2, 1]],
    [
      'so are those in sessions of their own',
      [call(0), call(1, { session: 'child', parentSession: 's', subagent: 'x', turn: 'own' })],
      [2],
    ],
    ['calls without a turn are in none', [call(0, { turn: null })], []],
    ['nor is a subagent of nobody', [call(0, { subagent: 'x', session: 'lost', turn: null })], []],
    ['without a price for all of it a task is not measured', [call(0), call(1, { cost: null })], []],
    ['sessions do not mix', [call(0), call(1, { session: 's2' })], [1, 1]],
  ];
  for (const [title, calls, expected] of costs) {
    it(title, () =>
      assert.deepEqual(
        memoryOf(calls)
          .tasks()
          .map((t) => t.cost),
        expected,
      ),
    );
  }

  it('a task that is still going on is left out', () => {
    const memory = memoryOf([call(0), call(1, { turn: 'u' }), call(2, { session: 's2', turn: 'v' })]);
    assert.equal(memory.tasks((session) => session === 's').length, 2);
  });

  it('thinking adds up where records tell it', () => {
    const [some, none] = memoryOf([call(0, { thinking: 0.25 }), call(1), call(2, { turn: 'u' })]).tasks();
    assert.deepEqual([some?.thinking, none?.thinking], [0.25, null]);
  });

  it('the preamble is the median first prompt of the project, else of the agent, else of anyone', () => {
    const first = (session: string, project: string, cacheWrite5m: number): PastCall =>
      call(0, { session, project, tokens: { cacheRead: 0, cacheWrite5m } });
    const memory = memoryOf([
      first('1', '/p', 9000),
      first('2', '/p', 11_000),
      first('3', '/p', 30_000),
      first('4', '/q', 50_000),
    ]);
    const tokens = (agent: string, project: string): number | undefined =>
      memory.preamble({ agent, project, model: 'claude-opus-5-5', at: start })?.tokens;
    assert.deepEqual(
      [tokens('a', '/p'), tokens('a', '/q'), tokens('a', '/new'), tokens('b', '/p')],
      [11_000, 50_000, 20_500, 20_500],
    );
    assert.equal(createMemory(ratesCard()).preamble({ agent: 'a', project: null, model: 'x', at: start }), null);
  });

  it('a fork does not count as a beginning', () => {
    const memory = memoryOf([call(0, { session: 'f', parentSession: 's', tokens: { cacheRead: 90_000 } })]);
    assert.equal(memory.preamble({ agent: 'a', project: '/p', model: 'claude-opus-5-5', at: start }), null);
  });

  it('other sessions leave the preamble in the cache for as long as it lives', () => {
    const memory = memoryOf([call(0)]);
    const shared = (after: number, model = 'claude-opus-5-5'): number | undefined =>
      memory.preamble({ agent: 'a', project: '/p', model, at: start + after * minute })?.shared;
    assert.deepEqual([shared(4), shared(5), shared(4, 'claude-sonnet-5-5')], [10_000, 0, 0]);
  });

  it("the usual call is the agent's newest with that model, else its newest", () => {
    const memory = memoryOf([call(0), call(1, { model: 'claude-haiku-5-5' })]);
    assert.equal(memory.usual('a', 'claude-opus-5-5')?.at, start);
    assert.equal(memory.usual('a', 'anthropic/claude-opus-5-5')?.at, start);
    assert.equal(memory.usual('a', 'unheard')?.at, start + minute);
    assert.equal(memory.usual('b', 'claude-opus-5-5'), null);
    assert.equal(memory.newest('nobody'), null);
    assert.equal(memory.newest(null)?.model, 'claude-haiku-5-5');
  });
});
