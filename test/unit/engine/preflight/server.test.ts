import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { startServer } from '../../../../src/engine/preflight/server.ts';
import type { HookCall, HookServer, Limits } from '../../../../src/engine/preflight/server.ts';
import { later } from '../../../support/later.ts';
import { readRaw, requestText, sendRaw } from '../../../support/rawHttp.ts';
import type { RequestParts } from '../../../support/rawHttp.ts';

const token = 'a1b2c3d4'.repeat(8);

/** What a stranger may try: its request, the answer, and what the log says of it. */
const hostile: readonly (readonly [name: string, parts: RequestParts, status: number, told: string])[] = [
  ['no token', { headers: { Authorization: null } }, 401, 'no right token'],
  ['an empty token', { headers: { Authorization: 'Bearer ' } }, 401, 'no right token'],
  ['a wrong token', { headers: { Authorization: `Bearer ${token.replace('a', 'b')}` } }, 401, 'no right token'],
  ['a longer token', { headers: { Authorization: `Bearer ${token}0` } }, 401, 'no right token'],
  ['the token in another scheme', { headers: { Authorization: `Basic ${token}` } }, 401, 'no right token'],
  ['a name for Host', { headers: { Host: 'localhost' } }, 403, 'a wrong Host'],
  ['a rebound name for Host', { headers: { Host: 'evil.example:80' } }, 403, 'a wrong Host'],
  ['Host without the port', { headers: { Host: '127.0.0.1' } }, 403, 'a wrong Host'],
  ['a web page', { headers: { Origin: 'https://evil.example' } }, 403, 'a web page'],
  ['a web page of a file', { headers: { Origin: 'null' } }, 403, 'a web page'],
  ['another method', { line: 'GET /v1/hook/owl/Prompt HTTP/1.1' }, 404, 'a wrong request'],
  ['a preflight of a browser', { line: 'OPTIONS /v1/hook/owl/Prompt HTTP/1.1' }, 404, 'a wrong request'],
  ['another path', { line: 'POST / HTTP/1.1' }, 404, 'a wrong request'],
  ['a path that climbs', { line: 'POST /v1/hook/../../x HTTP/1.1' }, 404, 'a wrong request'],
  ['a path with a question', { line: 'POST /v1/hook/owl/Prompt?x HTTP/1.1' }, 404, 'a wrong request'],
  ['a whole address', { line: 'POST http://evil.example/v1/hook/owl/Prompt HTTP/1.1' }, 404, 'a wrong request'],
  ['a body of 100 MB, as announced', { headers: { 'Content-Length': '100000000' } }, 413, 'too large a body'],
  ['a length that is none', { headers: { 'Content-Length': 'many' } }, 0, 'something that is not HTTP'],
  ['headers without end', { headers: { 'X-Owl': 'x'.repeat(20_000) } }, 0, 'headers too large'],
  ['no HTTP at all', { line: '\u0016\u0003\u0001 hello' }, 0, 'something that is not HTTP'],
  ['another protocol', { headers: { Upgrade: 'websocket', Connection: 'Upgrade' } }, 0, 'a wrong request'],
];

describe('pre-flight server', () => {
  const calls: HookCall[] = [];
  const told: string[] = [];
  let server: HookServer;

  async function start(answer: (call: HookCall) => Promise<string>, limits: Partial<Limits> = {}): Promise<void> {
    server = await startServer({
      token,
      answer: (call) => {
        calls.push(call);
        return answer(call);
      },
      onAbuse: (what) => told.push(what),
      limits: { bodyBytes: 1_000_000, ...limits },
    });
  }
  const send = (parts?: RequestParts) => sendRaw(server.port, requestText(server.port, token, parts));
  /** The server is still at the service of who may ask. */
  const serves = async (): Promise<void> => assert.equal((await send({ body: '"well"' })).status, 200);

  afterEach(() => {
    server.close();
    calls.length = 0;
    told.length = 0;
  });

  it('hands a call on and answers with its text', async () => {
    await start(() => Promise.resolve('{"ok":"ü"}'));
    const body = '{"prompt":"ü\\n\'\\""}';
    assert.deepEqual(await send({ body }), { status: 200, body: '{"ok":"ü"}' });
    const [{ signal, ...call } = assert.fail('no call')] = calls;
    assert.deepEqual(call, { agent: 'owl', event: 'Prompt', body, isForwarded: false });
    assert.equal(signal.aborted, false);
    assert.deepEqual(told, []);
  });

  it('knows a call that another window passes on', async () => {
    await start(() => Promise.resolve(''));
    assert.deepEqual(await send({ headers: { 'X-Burn-Meter-Forwarded': '1' } }), { status: 200, body: '' });
    assert.equal(calls[0]?.isForwarded, true);
  });

  for (const [name, parts, status, what] of hostile) {
    it(`turns away ${name}`, async () => {
      await start(() => Promise.resolve('secret'));
      for (let time = 0; time < 3; time += 1) assert.deepEqual(await send(parts), { status, body: '' });
      assert.deepEqual(calls, [], 'nothing was let through');
      assert.deepEqual(told, [what], 'told once');
      await serves();
    });
  }

  it('cuts off a body of 100 MB that does not say so', async () => {
    await start(() => Promise.resolve(''));
    const chunk = Buffer.from(`${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`);
    const headers = { 'Content-Length': null, 'Transfer-Encoding': 'chunked' };
    const { status } = await sendRaw(
      server.port,
      requestText(server.port, token, { headers, body: '' }),
      ...Array.from({ length: 1000 }, () => chunk),
    );
    assert.equal(status, 0);
    assert.deepEqual([calls, told], [[], ['too large a body']]);
    await serves();
  });

  it('does not wait for slow bytes', async () => {
    await start(() => Promise.resolve(''), { headersMs: 50, requestMs: 50, checkMs: 10 });
    const whole = requestText(server.port, token, { body: '{"a":1}' });
    // Nothing, half of the headers, and half of the body.
    for (const part of ['', whole.slice(0, 30), whole.slice(0, -3)]) await sendRaw(server.port, part);
    assert.deepEqual([calls, told], [[], ['a request that does not end']]);
    await serves();
  });

  it('serves while connections that say nothing stand open', async () => {
    await start(() => Promise.resolve(''), { connections: 20 });
    const idle = Array.from({ length: 19 }, () => connect(server.port, '127.0.0.1'));
    await serves();
    assert.deepEqual(told, []);
    // More than may be push each other out, not who has something to say.
    for (let i = 0; i < 50; i += 1) idle.push(connect(server.port, '127.0.0.1'));
    for (const socket of idle) socket.on('error', () => undefined);
    await serves();
    for (const socket of idle) socket.destroy();
    assert.deepEqual(told, ['too many connections']);
  });

  it('survives a flood', async () => {
    await start(() => Promise.resolve(''), { connections: 20 });
    const flood = await Promise.all(
      Array.from({ length: 500 }, () => send({ headers: { Authorization: null }, body: 'x'.repeat(1000) })),
    );
    assert.ok(flood.every(({ status }) => status === 401 || status === 0));
    assert.deepEqual(calls, []);
    assert.ok(told.length <= 2, told.join());
    await serves();
  });

  it('takes so many calls at once and no more', async () => {
    let release = (): void => undefined;
    const held = new Promise<string>((resolve) => (release = () => resolve('')));
    let arrived = (): void => undefined;
    const three = new Promise<void>((resolve) => (arrived = resolve));
    await start(
      () => {
        if (calls.length === 3) arrived();
        return held;
      },
      { calls: 3 },
    );
    const open = [send(), send(), send()];
    await three;
    assert.equal((await send()).status, 503);
    release();
    assert.deepEqual(
      (await Promise.all(open)).map(({ status }) => status),
      [200, 200, 200],
    );
    assert.deepEqual(told, ['too many calls at once']);
    await serves();
  });

  it('takes so much at once and no more, said or not', async () => {
    let release = (): void => undefined;
    const held = new Promise<string>((resolve) => (release = () => resolve('')));
    const called = later<void>();
    await start(
      () => {
        called.resolve();
        return held;
      },
      { bodyBytes: 600, totalBytes: 1000 },
    );
    const first = send({ body: 'x'.repeat(500) });
    await called.promise;
    assert.equal((await send({ body: 'x'.repeat(501) })).status, 503);
    const unsaid = { 'Content-Length': null, 'Transfer-Encoding': 'chunked' };
    assert.equal((await send({ headers: unsaid, body: '1\r\nx\r\n0\r\n\r\n' })).status, 503);
    const second = send({ body: 'x'.repeat(500) });
    release();
    assert.deepEqual([(await first).status, (await second).status], [200, 200]);
    await serves();
  });

  it('says that it cannot answer when the answer fails', async () => {
    await start(() => Promise.reject(new Error('broken')));
    assert.deepEqual(await send(), { status: 503, body: '' });
  });

  it('gives signs of life while an answer is awaited', async () => {
    let settle = (_text: string): void => undefined;
    await start(() => new Promise((resolve) => (settle = resolve)), { signMs: 5 });
    const socket = connect(server.port, '127.0.0.1');
    socket.write(requestText(server.port, token));
    const answer = readRaw(socket);
    await new Promise((resolve) => socket.once('data', resolve));
    settle('{"no":1}');
    const { status, body } = await answer;
    assert.equal(status, 200);
    // Without a length the answer comes in chunks.
    assert.match(body, /^(8\r\n {8}\r\n)+8\r\n\{"no":1\}\r\n0\r\n\r\n$/);
  });

  it('cuts an answer off that fails after signs of life', async () => {
    let fail = (_error: Error): void => undefined;
    await start(() => new Promise((_, reject) => (fail = reject)), { signMs: 5 });
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(requestText(server.port, token));
    const answer = readRaw(socket);
    await new Promise((resolve) => socket.once('data', resolve));
    fail(new Error('broken'));
    assert.doesNotMatch((await answer).body, /0\r\n\r\n$/);
  });

  it('tells when its caller waits no longer', async () => {
    const called = later<HookCall>();
    await start((call) => {
      called.resolve(call);
      return new Promise(() => undefined);
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.write(requestText(server.port, token));
    const { signal } = await called.promise;
    assert.equal(signal.aborted, false);
    const gone = new Promise((resolve) => signal.addEventListener('abort', resolve));
    socket.destroy();
    await gone;
  });

  it('tells when the process for which the relay asks has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const gone = later<unknown>();
    await start(({ signal }) => new Promise(() => signal.addEventListener('abort', gone.resolve)), { signMs: 5 });
    assert.equal((await send({ headers: { 'X-Burn-Meter-For': String(pid) } })).status, 0);
    await gone.promise;
  });

  for (const asker of [String(process.pid), '1', '0', '-1', '1e99', 'owl', '']) {
    it(`goes on for a caller that says it asks for "${asker}"`, async () => {
      await start(() => new Promise((resolve) => setTimeout(resolve, 20, 'well')), { signMs: 5 });
      assert.equal((await send({ headers: { 'X-Burn-Meter-For': asker } })).status, 200);
    });
  }

  it('ends its calls when it is closed', async () => {
    await start(() => {
      server.close();
      return new Promise(() => undefined);
    });
    assert.equal((await send()).status, 0);
  });

  it('listens on one address alone', async () => {
    await start(() => Promise.resolve(''));
    const refused = new Promise((resolve) => connect(server.port, '127.0.0.2').once('error', resolve));
    assert.ok((await refused) instanceof Error);
  });
});
