import assert from 'node:assert/strict';
import { codex } from '../../../../src/core/sources/codex.ts';
import type { Fact, Signal, UsageEvent } from '../../../../src/core/usage.ts';

const thread = '0199ab00-0000-7000-8000-00000000c0de';
const at = Date.parse('2026-09-21T10:00:00.000Z');
const used = { input_tokens: 100, cached_input_tokens: 60, output_tokens: 10, reasoning_output_tokens: 4 };

function line(type: string, payload: object): object {
  return { timestamp: '2026-09-21T10:00:00.000Z', type, payload };
}

const event = (type: string, payload: object = {}): object => line('event_msg', { type, ...payload });
const count = (extra: object = {}): object =>
  event('token_count', {
    info: { total_token_usage: used, last_token_usage: used, model_context_window: 258400 },
    ...extra,
  });
const meta = (extra: object = {}): object =>
  line('session_meta', { id: thread, cwd: '/home/kim/api', git: { branch: 'dev' }, source: 'cli', ...extra });
const context = (extra: object = {}): object =>
  line('turn_context', { turn_id: 't-1', cwd: '/home/kim/api', model: 'gpt-5.5', effort: 'high', ...extra });

function read(lines: readonly object[]): readonly Fact[] {
  const parser = codex.createParser({ path: `2026/09/21/rollout-2026-09-21T10-00-00-${thread}.jsonl` }, null);
  return lines.flatMap((one) => parser.read(JSON.stringify(one)));
}

const limits = (plan: string): object => count({ rate_limits: { plan_type: plan } });

const events = (lines: readonly object[]): readonly UsageEvent[] =>
  read(lines).flatMap((fact) => (fact.type === 'usage' ? [fact.event] : []));
const signals = (lines: readonly object[]): readonly Signal[] =>
  read(lines).flatMap((fact) => (fact.type === 'signal' ? [fact.signal] : []));

describe('Codex: what a call’s lines tell', () => {
  it('takes thread, folder, branch, model, effort, turn and window from the lines before', () => {
    const [call] = events([meta(), context(), count()]);
    assert.deepEqual(call, {
      id: `codex:${thread}:100.60.0.10.4~100.60.0.10.4`,
      group: `codex:${thread}:100.60.0.10.4~100.60.0.10.4`,
      replay: false,
      rank: 10,
      agent: 'codex',
      at,
      provider: 'openai',
      parts: [
        {
          model: 'gpt-5.5',
          tokens: { input: 40, cacheRead: 60, cacheWrite5m: 0, cacheWrite1h: 0, output: 10, thinking: 4 },
        },
      ],
      speed: 'standard',
      tier: 'standard',
      region: null,
      webSearches: 0,
      effort: 'high',
      session: thread,
      parentSession: null,
      subagent: null,
      turn: 't-1',
      cwd: '/home/kim/api',
      branch: 'dev',
      contextWindow: 258400,
      quality: 'exact',
    });
  });

  it('a turn’s folder goes before the session’s, an ancestor’s header changes nothing', () => {
    const other = line('session_meta', { id: 'other', cwd: '/elsewhere', git: { branch: 'old' } });
    const [call] = events([
      meta(),
      other,
      context({ cwd: '/home/kim/docs' }),
      event('inter_agent_communication', { trigger_turn: true }),
      count(),
    ]);
    assert.deepEqual([call?.cwd, call?.branch, call?.parentSession], ['/home/kim/docs', 'dev', 'other']);
  });

  it('a subagent is a session of its own, with its parent', () => {
    const spawned = meta({ source: { subagent: { thread_spawn: { parent_thread_id: 'parent-1' } } } });
    const [call] = events([spawned, context(), count()]);
    assert.deepEqual([call?.session, call?.parentSession, call?.subagent], [thread, 'parent-1', thread]);
    const [review] = events([meta({ source: { subagent: 'review' } }), context(), count()]);
    assert.deepEqual([review?.parentSession, review?.subagent, review?.replay], [null, thread, false]);
  });

  it('a search in a copied turn is its parent’s', () => {
    const copied = { ...line('response_item', { type: 'web_search_call' }), timestamp: '2026-09-21T09:00:00.000Z' };
    const fork = meta({ forked_from_id: 'parent-1', timestamp: '2026-09-21T09:30:00.000Z' });
    assert.equal(events([fork, context(), copied, count()])[0]?.webSearches, 0);
  });

  it('a record copied from another thread is that thread’s', () => {
    const payload = {
      thread_id: 'parent-1',
      turn_id: 't-0',
      response_id: 'resp_1',
      usage: used,
      thread_token_usage: used,
    };
    const [call] = events([meta({ forked_from_id: 'parent-1' }), context(), line('token_usage_record', payload)]);
    assert.deepEqual(
      [call?.id, call?.group, call?.session, call?.replay, call?.turn],
      ['codex:resp_1', 'codex:parent-1:100.60.0.10.4~100.60.0.10.4', 'parent-1', true, 't-0'],
    );
  });

  for (const [name, tier] of [
    ['priority', 'priority'],
    ['fast', 'priority'],
    ['flex', 'flex'],
    ['default', 'standard'],
  ]) {
    it(`service tier ${name} is ${tier}`, () => {
      const applied = event('thread_settings_applied', { thread_settings: { service_tier: name } });
      assert.equal(events([meta(), applied, context(), count()])[0]?.tier, tier);
    });
  }

  it('effort may lie in the collaboration mode', () => {
    const mode = { mode: 'default', settings: { reasoning_effort: 'low' } };
    assert.equal(events([meta(), context({ effort: null, collaboration_mode: mode }), count()])[0]?.effort, 'low');
  });
});

describe('Codex: what a session is doing', () => {
  it('a turn starts, sends its request and ends', () => {
    const started = event('task_started', { turn_id: 't-1', started_at: 1790000000, model_context_window: 1000 });
    const request = {
      kind: 'request',
      session: thread,
      subagent: null,
      at,
      model: 'gpt-5.5',
      effort: 'high',
      maxOutput: null,
      cwd: '/home/kim/api',
    };
    for (const last of ['task_complete', 'turn_aborted']) {
      assert.deepEqual(signals([meta(), started, context(), event(last, { turn_id: 't-1' })]), [
        { kind: 'turnStart', session: thread, turn: 't-1', at },
        request,
        { kind: 'turnEnd', session: thread, turn: 't-1', at },
      ]);
    }
    assert.deepEqual(
      signals([meta(), context()]).map((signal) => signal.kind),
      ['turnStart', 'request'],
    );
  });

  it('a summary takes the place of what was said', () => {
    const summary = { timestamp: '2026-09-21T10:00:00.000Z', type: 'compacted', payload: { message: 'secret' } };
    const [signal] = signals([meta(), summary]);
    assert.deepEqual([signal?.kind, signal?.session], ['compacted', thread]);
    assert.ok(!JSON.stringify(signal).includes('secret'));
  });

  it('clients without turn ids start a turn with the user’s message', () => {
    const old = context({ turn_id: undefined });
    const kinds = signals([meta(), event('user_message', { message: 'x' }), old, old]).map((signal) => signal.kind);
    assert.deepEqual(kinds, ['turnStart', 'request', 'request']);
  });

  it('a fork’s copied turns are not its own doing', () => {
    const before = { timestamp: '2026-09-21T09:00:00.000Z' };
    const copied = [context(), event('task_started', { turn_id: 't-0' }), event('task_complete')];
    const lines = [meta({ forked_from_id: 'parent-1' }), ...copied.map((one) => ({ ...one, ...before }))];
    assert.deepEqual(signals(lines), []);
  });

  it('the plan is told once, and again when it changes', () => {
    const told = signals([meta(), limits('plus'), limits('plus'), limits('pro')]);
    assert.deepEqual(
      told.map((signal) => signal.kind === 'plan' && signal.plan),
      ['plus', 'pro'],
    );
  });
});
