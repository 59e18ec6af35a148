import assert from 'node:assert/strict';
import { claude } from '../../../../src/core/sources/claude.ts';
import type { Fact, Signal, UsageEvent } from '../../../../src/core/usage.ts';

const file = { path: '-home-kim-shop/session-1.jsonl' };

interface Overrides {
  readonly line?: object;
  readonly message?: object;
  readonly usage?: object;
}

function assistant({ line, message, usage }: Overrides = {}): object {
  return {
    type: 'assistant',
    uuid: 'u-1',
    timestamp: '2026-09-20T08:00:04.000Z',
    sessionId: 'session-1',
    requestId: 'req_1',
    isSidechain: false,
    message: {
      id: 'msg_1',
      model: 'claude-opus-4-8',
      stop_reason: 'tool_use',
      usage: { input_tokens: 10, output_tokens: 20, ...usage },
      ...message,
    },
    ...line,
  };
}

function prompt(content: unknown, line: object = {}): object {
  const timestamp = '2026-09-20T08:00:00.000Z';
  return { type: 'user', uuid: 'u-0', timestamp, sessionId: 'session-1', message: { role: 'user', content }, ...line };
}

function read(lines: readonly object[], path = file.path): readonly Fact[] {
  const parser = claude.createParser({ path }, null);
  return lines.flatMap((line) => parser.read(JSON.stringify(line)));
}

function event(lines: readonly object[], path = file.path): UsageEvent {
  const events = read(lines, path).flatMap((fact) => (fact.type === 'usage' ? [fact.event] : []));
  const [first, ...others] = events;
  assert.ok(first !== undefined && others.length === 0);
  return first;
}

function signals(lines: readonly object[]): readonly Signal[] {
  return read(lines).flatMap((fact) => (fact.type === 'signal' ? [fact.signal] : []));
}

describe('Claude Code: what a call’s line tells', () => {
  it('takes folder, branch, effort and agent from the line', () => {
    const line = { cwd: '/home/kim/api', gitBranch: 'HEAD', effort: 'high', agentId: 'one', isSidechain: true };
    const { cwd, branch, effort, subagent, replay, contextWindow } = event([assistant({ line })]);
    assert.deepEqual(
      { cwd, branch, effort, subagent, replay, contextWindow },
      { cwd: '/home/kim/api', branch: 'HEAD', effort: 'high', subagent: 'one', replay: true, contextWindow: null },
    );
  });

  it('is an original on the main thread, whatever shares its message id', () => {
    assert.equal(event([assistant()]).replay, false);
    assert.equal(event([assistant({ line: { isSidechain: true }, message: { id: 'chatcmpl-1' } })]).replay, false);
  });

  it('follows the folder as it changes within a session', () => {
    const lines = [prompt('go', { cwd: '/home/kim/shop' }), assistant({ line: { cwd: '/home/kim/docs' } })];
    assert.equal(event(lines).cwd, '/home/kim/docs');
    assert.equal(event([prompt('go', { cwd: '/home/kim/shop' }), assistant()]).cwd, '/home/kim/shop');
  });

  it('names session and agent by the file where the line does not', () => {
    const { session, subagent } = event(
      [assistant({ line: { sessionId: undefined } })],
      '-home-kim-shop/session-9/subagents/agent-a7.jsonl',
    );
    assert.deepEqual({ session, subagent }, { session: 'session-9', subagent: 'a7' });
  });

  it('carries the prompt to the calls made for it', () => {
    const result = prompt([{ type: 'tool_result', tool_use_id: 't', content: 'ok' }], { promptId: 'p-9' });
    assert.equal(event([prompt('go', { promptId: 'p-1' }), assistant()]).turn, 'p-1');
    assert.equal(event([prompt('go', { promptId: 'p-1' }), result, assistant()]).turn, 'p-1');
    assert.equal(event([prompt('go'), assistant()]).turn, 'u-0');
    assert.equal(event([prompt('go', { isSidechain: true, promptId: 'p-1' }), assistant()]).turn, 'p-1');
    assert.equal(event([prompt('<reminder>', { isMeta: true }), assistant()]).turn, null);
  });

  it('gives a branch’s copies to the session they were made in', () => {
    const copied = { sessionId: 'session-2', forkedFrom: { sessionId: 'session-1', messageUuid: 'u-1' } };
    const { session, parentSession } = event([assistant({ line: copied })], 'x/session-2.jsonl');
    assert.deepEqual({ session, parentSession }, { session: 'session-1', parentSession: null });
    const own = event([prompt('go', copied), assistant({ line: { sessionId: 'session-2' } })], 'x/session-2.jsonl');
    assert.deepEqual([own.session, own.parentSession], ['session-2', 'session-1']);
  });

  const providers: readonly (readonly [string, string])[] = [
    ['claude-opus-4-8', 'anthropic'],
    ['claude-sonnet-4-5-20250929', 'anthropic'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws'],
    ['anthropic.claude-opus-4-6', 'aws'],
    ['arn:aws:bedrock:us-east-1:1:inference-profile/x', 'aws'],
    ['claude-sonnet-4-5@20250929', 'google'],
  ];
  for (const [model, provider] of providers) {
    it(`${model} is billed by ${provider}`, () =>
      assert.equal(event([assistant({ message: { model } })]).provider, provider));
  }

  const regions: readonly (readonly [unknown, string | null])[] = [
    ['us', 'us'],
    ['not_available', null],
    ['global', null],
    [null, null],
  ];
  for (const [geo, region] of regions) {
    it(`inference_geo ${String(geo)} is region ${String(region)}`, () =>
      assert.equal(event([assistant({ usage: { inference_geo: geo } })]).region, region));
  }

  const qualities: readonly (readonly [string, Overrides, string])[] = [
    ['a finished answer', {}, 'exact'],
    ['an aborted answer', { line: { isAbortedMidStream: true } }, 'partial'],
    ['a placeholder', { message: { stop_reason: null }, usage: { output_tokens: 3 } }, 'partial'],
    ['an open block with its full count', { message: { stop_reason: null }, usage: { output_tokens: 300 } }, 'exact'],
    [
      'iterations that do not add up',
      { usage: { iterations: [{ type: 'message', output_tokens: 90, input_tokens: 10 }] } },
      'unverified',
    ],
  ];
  for (const [name, overrides, quality] of qualities) {
    it(`${name} is ${quality}`, () => assert.equal(event([assistant(overrides)]).quality, quality));
  }

  it('spreads a call’s thinking over its iterations', () => {
    const iterations = [
      { type: 'message', input_tokens: 10, output_tokens: 5 },
      { type: 'message', input_tokens: 0, output_tokens: 15 },
    ];
    const usage = { iterations, output_tokens_details: { thinking_tokens: 12 } };
    assert.deepEqual(
      event([assistant({ usage })]).parts.map((part) => part.tokens.thinking),
      [5, 7],
    );
  });
});

describe('Claude Code: what a session is doing', () => {
  const at = Date.parse('2026-09-20T08:00:00.000Z');

  it('a prompt starts a turn and the last answer ends it', () => {
    const end = assistant({ message: { stop_reason: 'end_turn' } });
    assert.deepEqual(signals([prompt('go', { promptId: 'p-1' }), assistant(), end]), [
      { kind: 'turnStart', session: 'session-1', turn: 'p-1', at },
      { kind: 'turnEnd', session: 'session-1', turn: 'p-1', at: at + 4000 },
    ]);
  });

  it('a summary takes the place of what was said', () => {
    const compacted = { kind: 'compacted', session: 'session-1', at };
    assert.deepEqual(signals([prompt('summary', { isCompactSummary: true })]), [compacted]);
    assert.deepEqual(signals([prompt('summary', { isCompactSummary: true, isSidechain: true })]), []);
  });

  it('neither tool results, reminders nor subagents start or end one', () => {
    const quiet = [
      prompt([{ type: 'tool_result', tool_use_id: 't', content: 'ok' }]),
      prompt('reminder', { isMeta: true }),
      prompt('task', { isSidechain: true }),
      assistant({ line: { isSidechain: true }, message: { stop_reason: 'end_turn' } }),
    ];
    assert.deepEqual(signals(quiet), []);
  });

  it('an interruption and a local command end it', () => {
    for (const text of ['[Request interrupted by user]', '<local-command-stdout>ok</local-command-stdout>']) {
      const [start, end] = signals([prompt('go', { promptId: 'p-1' }), prompt([{ type: 'text', text }])]);
      assert.deepEqual([start?.kind, end?.kind], ['turnStart', 'turnEnd']);
    }
  });

  it('an api-request line is a call in flight', () => {
    const params = { model: 'claude-opus-5-5', max_tokens: 128000, output_config: { effort: 'medium' } };
    const timestamp = '2026-09-20T08:00:00.000Z';
    const line = { type: 'api-request', sessionId: 'session-1', agentId: 'one', id: 'x', timestamp, params };
    assert.deepEqual(signals([prompt('go', { cwd: '/home/kim/shop' }), line]).at(-1), {
      kind: 'request',
      session: 'session-1',
      subagent: 'one',
      at,
      model: 'claude-opus-5-5',
      effort: 'medium',
      maxOutput: 128000,
      cwd: '/home/kim/shop',
    });
  });

  it('a cost-state line claims a total for each model, at the newest instant before it', () => {
    const used = {
      inputTokens: 1,
      outputTokens: 2,
      thinkingTokens: 1,
      cacheReadInputTokens: 3,
      cacheCreationInputTokens: 9,
    };
    const split = { cacheCreationEphemeral5mInputTokens: 4, cacheCreationEphemeral1hInputTokens: 5 };
    const modelUsage = {
      'claude-opus-5-5': { ...used, ...split, webSearchRequests: 2, costUSD: 0.5 },
      'claude-haiku-5-5': { inputTokens: 7, outputTokens: 8 },
    };
    const claims = signals([prompt('go'), { type: 'cost-state', sessionId: 'session-1', modelUsage }]).slice(1);
    const tokens = { input: 1, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5, output: 2, thinking: 1 };
    assert.deepEqual(claims[0], {
      kind: 'claim',
      session: 'session-1',
      at,
      model: 'claude-opus-5-5',
      tokens,
      webSearches: 2,
      usd: 0.5,
    });
    assert.deepEqual(
      claims.map((claim) => claim.kind === 'claim' && claim.usd),
      [0.5, null],
    );
  });
});
