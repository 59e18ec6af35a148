import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookEvent } from '../../../../src/core/preflight/event.ts';
import type { Choice, PreflightQuestion } from '../../../../src/core/preflight/question.ts';
import type { Judgement } from '../../../../src/engine/preflight/judgement.ts';
import { readEndpoints } from '../../../../src/engine/preflight/endpoints.ts';
import { startPreflight } from '../../../../src/engine/preflight/preflight.ts';
import type { Preflight, PreflightOptions } from '../../../../src/engine/preflight/preflight.ts';
import { startServer } from '../../../../src/engine/preflight/server.ts';
import type { HookCall, HookServer } from '../../../../src/engine/preflight/server.ts';
import { later } from '../../../support/later.ts';
import { judgement, owlEvent, plainAdapter } from '../../../support/plainAdapter.ts';
import { requestText, sendRaw } from '../../../support/rawHttp.ts';
import type { RawAnswer } from '../../../support/rawHttp.ts';

const otherToken = 'cafe'.repeat(16);
const refused = { kind: 'deny', reason: 'Burn Meter: not sent, as you chose in VS Code.', stop: false };

describe('pre-flight', () => {
  let base = '';
  let preflight: Preflight;
  let other: HookServer | null = null;
  let focused = true;
  let folders: readonly string[] = [];
  let answer: Choice | null = null;
  let judged: Judgement = judgement('allow');
  const log: string[] = [];
  const asked: PreflightQuestion[] = [];
  const advised: PreflightQuestion[] = [];
  const seen: HookEvent[] = [];
  const chosen: (readonly [HookEvent, Choice | 'left'])[] = [];

  async function start(own: Partial<PreflightOptions> = {}): Promise<void> {
    preflight = await startPreflight({
      dataFolder: base,
      host: { platform: 'linux', home: base, env: {} },
      hooks: [plainAdapter()],
      judge: {
        judge: (event) => {
          seen.push(event);
          return judged;
        },
        choose: (...what) => chosen.push(what),
        leave: (event) => chosen.push([event, 'left']),
      },
      ask: (id, question) => {
        asked.push(question);
        if (answer !== null) preflight.answered(id, answer);
      },
      advise: (question) => advised.push(question),
      folders: () => folders,
      focused: () => focused,
      log: (level, message) => log.push(`${level}: ${message}`),
      now: () => 1_000_000 + seen.length * 10_000,
      ...own,
    });
  }

  /** Another window, in a process that lives. */
  async function openOther(
    state: { folders: readonly string[]; focused: boolean },
    say: (call: HookCall) => Promise<string> = () => Promise.resolve('"other"'),
  ): Promise<void> {
    other = await startServer({ token: otherToken, answer: say, onAbuse: (what) => log.push(what) });
    announceOther(other.port, state);
  }

  const otherFile = (): string => join(base, 'preflight', 'windows', String(process.ppid));

  function announceOther(port: number, state: { folders: readonly string[]; focused: boolean }): void {
    mkdirSync(join(base, 'preflight', 'windows'), { recursive: true });
    const text = JSON.stringify({ host: hostname(), ...state });
    writeFileSync(otherFile(), `# ${port}\nheader = "Authorization: Bearer ${otherToken}"\n# ${text}\n`, {
      mode: 0o600,
    });
  }

  async function call(event: Partial<HookEvent> | string = {}, line?: string, forwarded = false): Promise<RawAnswer> {
    const own = readEndpoints(join(base, 'preflight')).find(({ pid }) => pid === process.pid);
    assert.ok(own);
    const body = typeof event === 'string' ? event : JSON.stringify(owlEvent(event));
    const headers: Record<string, string> = forwarded ? { 'X-Burn-Meter-Forwarded': '1' } : {};
    return sendRaw(own.port, requestText(own.port, own.token, { body, headers, ...(line && { line }) }));
  }

  async function decision(event: Partial<HookEvent> = {}): Promise<unknown> {
    const { status, body } = await call(event);
    assert.equal(status, 200);
    return body === '' ? '' : JSON.parse(body);
  }

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'preflight-'));
    [focused, folders, answer, judged] = [true, [], null, judgement('allow')];
    for (const list of [log, asked, advised, seen, chosen]) list.length = 0;
  });
  afterEach(() => {
    preflight.dispose();
    other?.close();
    other = null;
    rmSync(base, { recursive: true, force: true });
  });

  it('says nothing below the thresholds', async () => {
    await start();
    assert.deepEqual(await call(), { status: 200, body: '' });
    assert.deepEqual(seen, [owlEvent()]);
    assert.deepEqual([asked, advised, log], [[], [], []]);
  });

  it('says what is only warned of, and lets it go', async () => {
    judged = judgement('warn');
    await start();
    assert.equal(await decision(), '');
    assert.equal(advised[0]?.findings[0]?.reason, 'Dear.');
    assert.deepEqual(asked, []);
  });

  const choices: readonly (readonly [Choice, unknown])[] = [
    ['send', ''],
    ['always', ''],
    ['none', ''],
    ['dontSend', refused],
  ];
  for (const [choice, expected] of choices) {
    it(`asks, and does as the user says: ${choice}`, async () => {
      [judged, answer] = [judgement('ask'), choice];
      await start();
      assert.deepEqual(await decision(), expected);
      assert.deepEqual(
        chosen.map(([event, what]) => [event === seen[0], what]),
        [[true, choice]],
      );
      assert.deepEqual(asked, [
        {
          agentLabel: 'Owl',
          kind: 'prompt',
          session: 's1',
          project: '/home/kim/shop',
          outlook: null,
          findings: [{ rule: 'heavyTask', action: 'ask', reason: 'Dear.' }],
          prompt: 'hoot',
        },
      ]);
    });
  }

  it('lets it go in time when nobody answers', async () => {
    judged = judgement('ask');
    await start({ hooks: [plainAdapter({ timeout: 5.001 })] });
    assert.equal(await decision(), '');
    assert.equal(chosen[0]?.[1], 'none');
  });

  it('keeps no prompt that the agent keeps', async () => {
    [judged, answer] = [judgement('ask'), 'send'];
    await start({ hooks: [plainAdapter({ keepsPrompt: true })] });
    await decision();
    assert.equal(asked[0]?.prompt, null);
  });

  it('has the agent ask where it can', async () => {
    judged = judgement('ask', 'A fifth subagent');
    await start({ hooks: [plainAdapter({ asks: ['subagent'] })] });
    const reason = 'Burn Meter: A fifth subagent.';
    assert.deepEqual(await decision({ kind: 'subagent' }), { kind: 'ask', reason });
    assert.deepEqual(
      chosen.map(([{ kind }, choice]) => [kind, choice]),
      [['subagent', 'left']],
    );
    assert.deepEqual(asked, []);
  });

  it('refuses what a hard cap refuses, and says so', async () => {
    judged = judgement('deny', 'The day’s cap of $5 is spent.');
    await start();
    const reason = 'Burn Meter refused this. The day’s cap of $5 is spent.';
    assert.deepEqual(await decision(), { kind: 'deny', reason, stop: true });
    assert.equal(advised.length, 1);
  });

  it('holds a prompt back once where no window is in front, and lets it go when sent again', async () => {
    [judged, focused] = [judgement('ask'), false];
    await start();
    const reason = 'Burn Meter held this back. Dear. Send it again to go on.';
    assert.deepEqual(await decision({ id: 'p1' }), { kind: 'deny', reason, stop: false });
    assert.equal(await decision({ id: 'p2' }), '');
    assert.deepEqual(asked, []);
    assert.deepEqual(
      chosen.map(([event, what]) => [event.id, what]),
      [['p2', 'send']],
    );
  });

  it('asks here where another window is in front', async () => {
    [judged, focused, folders, answer] = [judgement('ask'), false, ['/home/kim/shop'], 'send'];
    await start();
    await openOther({ folders: ['/else'], focused: true });
    assert.equal(await decision({ cwd: '/home/kim/shop/src' }), '');
    assert.equal(asked.length, 1);
  });

  it('asks once for an event that comes through two agents', async () => {
    judged = judgement('ask');
    const [shown, both] = [later<number>(), plainAdapter({ id: 'lark' })];
    await start({ hooks: [plainAdapter(), both], ask: (id) => shown.resolve(id) });
    const first = call({ id: 'p1' });
    const id = await shown.promise;
    const second = call({ id: 'p1' }, 'POST /v1/hook/lark/Prompt HTTP/1.1');
    preflight.answered(id, 'dontSend');
    for (const { body } of await Promise.all([first, second])) assert.deepEqual(JSON.parse(body), refused);
    assert.equal(seen.length, 1);
  });

  /** A hook whose agent gives up when the test says so. */
  function callAndLeave(event: Partial<HookEvent>, line?: string): Socket {
    const own = readEndpoints(join(base, 'preflight')).find(({ pid }) => pid === process.pid);
    assert.ok(own);
    const socket = connect(own.port, '127.0.0.1');
    socket.write(requestText(own.port, own.token, { body: JSON.stringify(owlEvent(event)), ...(line && { line }) }));
    return socket;
  }

  it('ends a question whose agent gave up, and asks again when it is sent again', async () => {
    judged = judgement('ask');
    const [shown, over] = [[later<number>(), later<number>()], later<number>()];
    await start({ ask: (id) => shown[id - 1]?.resolve(id), askOver: over.resolve });
    const agent = callAndLeave({ id: 'p1' });
    const id = await shown[0]?.promise;
    agent.destroy();
    assert.equal(await over.promise, id);
    assert.deepEqual(chosen, []);
    const again = call({ id: 'p1' });
    preflight.answered((await shown[1]?.promise) ?? 0, 'dontSend');
    assert.deepEqual(JSON.parse((await again).body), refused);
  });

  it('keeps a question while one of two hooks waits', async () => {
    judged = judgement('ask');
    const [shown, over]: [ReturnType<typeof later<number>>, number[]] = [later<number>(), []];
    const both = plainAdapter({ id: 'lark' });
    await start({ hooks: [plainAdapter(), both], ask: (id) => shown.resolve(id), askOver: (id) => over.push(id) });
    const agent = callAndLeave({ id: 'p1' });
    const id = await shown.promise;
    const second = call({ id: 'p1' }, 'POST /v1/hook/lark/Prompt HTTP/1.1');
    agent.destroy();
    await once(agent, 'close');
    preflight.answered(id, 'dontSend');
    assert.deepEqual(JSON.parse((await second).body), refused);
    assert.deepEqual(over, []);
  });

  it('tells the window that a call was passed on to when its agent gave up', async () => {
    await start();
    const passed = later<HookCall>();
    await openOther({ folders: ['/home/kim/shop'], focused: false }, (got) => {
      passed.resolve(got);
      return new Promise(() => undefined);
    });
    const agent = callAndLeave({ cwd: '/home/kim/shop' });
    const { signal } = await passed.promise;
    const gone = new Promise((resolve) => signal.addEventListener('abort', resolve));
    agent.destroy();
    await gone;
    assert.deepEqual([seen, log], [[], []]);
    assert.equal(existsSync(otherFile()), true);
  });

  it('passes a call on to the window that holds its folder', async () => {
    await start();
    const calls: HookCall[] = [];
    await openOther({ folders: ['/home/kim/shop'], focused: false }, (got) => {
      calls.push(got);
      return Promise.resolve('  "other"');
    });
    assert.equal(await decision({ cwd: '/home/kim/shop' }), 'other');
    assert.deepEqual(
      calls.map(({ isForwarded, agent, event }) => [isForwarded, agent, event]),
      [[true, 'owl', 'Prompt']],
    );
    assert.deepEqual(seen, []);
  });

  it('passes nothing on that was passed on', async () => {
    await start();
    await openOther({ folders: ['/home/kim/shop'], focused: true });
    assert.deepEqual(await call({ cwd: '/home/kim/shop' }, undefined, true), { status: 200, body: '' });
    assert.equal(seen.length, 1);
  });

  it('decides itself where the other window fails', async () => {
    await start();
    await openOther({ folders: ['/home/kim/shop'], focused: true }, () => Promise.reject(new Error('owl')));
    assert.equal(await decision({ cwd: '/home/kim/shop' }), '');
    assert.equal(seen.length, 1);
    assert.equal(existsSync(otherFile()), true);
    assert.deepEqual(log, ['warn: another window did not answer: it says 503']);
  });

  it('decides itself where the other window is gone, and forgets it', async () => {
    await start();
    await openOther({ folders: ['/home/kim/shop'], focused: true });
    other?.close();
    assert.equal(await decision({ cwd: '/home/kim/shop' }), '');
    assert.equal(seen.length, 1);
    assert.equal(existsSync(otherFile()), false);
  });

  for (const [name, body, line] of [
    ['no JSON', '{"kind":', undefined],
    ['nothing', '', undefined],
    ['JSON that is no event', '[1]', undefined],
    ['an agent that nobody knows', '{}', 'POST /v1/hook/nobody/Prompt HTTP/1.1'],
  ] as const) {
    it(`says nothing to ${name}, and tells it once at most`, async () => {
      judged = judgement('deny');
      await start();
      for (let time = 0; time < 3; time += 1) assert.deepEqual(await call(body, line), { status: 200, body: '' });
      assert.deepEqual(seen, []);
      assert.ok(log.length <= 1, log.join());
    });
  }

  it('leaves it to the next window or the guard when its judge fails', async () => {
    await start({
      judge: { judge: () => Promise.reject(new Error('no ledger')), choose: () => undefined, leave: () => undefined },
    });
    for (let time = 0; time < 2; time += 1) assert.equal((await call()).status, 503);
    assert.deepEqual(log, ['warn: the pre-flight check failed: no ledger']);
  });

  it('leaves it to the next window or the guard when a hook cannot be read, and says so', async () => {
    const read = (): never => assert.fail('unreadable');
    await start({ hooks: [plainAdapter({ read })] });
    for (let time = 0; time < 2; time += 1) assert.equal((await call()).status, 503);
    assert.deepEqual(log, ['warn: the pre-flight check failed: unreadable']);
  });

  it('does not read what is nested without end', async () => {
    await start();
    assert.equal((await call('['.repeat(1_000_000))).status, 503);
    assert.deepEqual(log, ['warn: the pre-flight check failed: a hook of Owl sent JSON that is nested too deeply']);
  });

  it('does not wait for a judge that takes too long', async () => {
    const never = new Promise<Judgement>(() => undefined);
    await start({
      judge: { judge: () => never, choose: () => undefined, leave: () => undefined },
      limits: { judgeMs: 1 },
    });
    assert.equal((await call()).status, 503);
  });

  it('tells of its folders and its focus as they change', async () => {
    await start();
    [focused, folders] = [false, ['/a']];
    preflight.windowChanged();
    const [own] = readEndpoints(join(base, 'preflight'));
    assert.deepEqual([own?.focused, own?.folders], [false, ['/a']]);
  });

  it('says once that it cannot tell of itself, and tells when it can', async () => {
    await start();
    const windows = join(base, 'preflight', 'windows');
    rmSync(windows, { recursive: true });
    writeFileSync(windows, '');
    for (let time = 0; time < 3; time += 1) preflight.windowChanged();
    assert.equal(log.length, 1, log.join());
    assert.match(log[0] ?? '', /^warn: agents cannot find this window: /);
    rmSync(windows);
    preflight.windowChanged();
    assert.equal(readEndpoints(join(base, 'preflight')).length, 1);
  });

  it('leaves nothing behind', async () => {
    await start();
    const file = join(base, 'preflight', 'windows', String(process.pid));
    const port = Number(/\d+/.exec(readFileSync(file, 'utf8'))?.[0]);
    preflight.dispose();
    assert.equal(existsSync(file), false);
    assert.deepEqual(await sendRaw(port, 'x'), { status: 0, body: '' });
  });

  it('does not start where its file cannot be written', async () => {
    await start();
    const blocked = join(base, 'file');
    writeFileSync(blocked, '');
    await assert.rejects(startPreflight({ ...optionsOf(), dataFolder: blocked }));
  });

  function optionsOf(): PreflightOptions {
    return {
      dataFolder: base,
      host: { platform: 'linux', home: base, env: {} },
      hooks: [],
      judge: { judge: () => judgement('allow'), choose: () => undefined, leave: () => undefined },
      ask: () => undefined,
      advise: () => undefined,
      folders: () => [],
      focused: () => false,
      log: () => undefined,
      now: () => 0,
    };
  }
});
