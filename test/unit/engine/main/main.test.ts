import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings } from '../../../../src/core/settings.ts';
import { ForkedEngine } from '../../../support/forkedEngine.ts';

const session = '5e11aaaa-0000-4000-8000-000000000001';

function call(n: number, at = Date.now()): object {
  return {
    type: 'assistant',
    uuid: `a-${n}`,
    sessionId: session,
    timestamp: new Date(at).toISOString(),
    cwd: '/home/kim/shop',
    requestId: `req_${n}`,
    message: {
      id: `msg_0${n}`,
      type: 'message',
      role: 'assistant',
      model: 'claude-opus-5-5',
      content: [],
      stop_reason: 'tool_use',
      usage: {
        input_tokens: 1000,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: 200_000,
        output_tokens: 10_000,
      },
    },
  };
}

/** USD of one `call`: 1,000 × $4 + 200,000 × $5 + 10,000 × $20 per million. */
const each = 1.204;

describe('the engine process', function () {
  this.timeout(30_000);
  let engine: ForkedEngine;
  beforeEach(() => {
    engine = new ForkedEngine();
  });
  afterEach(async () => {
    await engine.end();
    rmSync(engine.home, { recursive: true, force: true });
  });

  it('shows an appended call in the next snapshot, priced', async () => {
    engine.append(session, [call(1)]);
    engine.start();
    const first = await engine.next('snapshot', (m) => m.snapshot.today.calls === 1);
    assert.equal(first.snapshot.today.listCost, each);
    engine.append(session, [call(2)]);
    const { snapshot } = await engine.next('snapshot', (m) => m.snapshot.today.calls === 2);
    assert.equal(snapshot.today.listCost, 2 * each);
    assert.equal(snapshot.session?.state, 'tool or approval');
    assert.equal(snapshot.session?.contextTokens, 201_000);
    assert.equal(snapshot.month.calls, 2);
    assert.ok(snapshot.burnRate !== null && Math.abs(snapshot.burnRate - 12 * each) < 1e-9);
  });

  it('answers queries and refuses with a sentence', async () => {
    engine.send({ type: 'query', id: 1, query: { kind: 'call', id: 1 } });
    assert.match((await engine.next('failure')).message, /not started/);
    engine.send({ type: 'act', id: 4, action: { kind: 'hooks' } });
    assert.equal((await engine.next('failure')).id, 4);
    engine.append(session, [call(1)]);
    engine.start();
    await engine.next('snapshot', (m) => m.snapshot.today.calls === 1);
    engine.send({ type: 'query', id: 2, query: { kind: 'breakdown', span: 'today', filter: {}, stack: 'model' } });
    const { id, answer } = await engine.next('answer');
    assert.equal(id, 2);
    assert.ok(answer && 'tables' in answer && answer.tables.model[0]?.totals.listCost === each);
    const path = join(engine.home, 'nowhere', 'x.csv');
    engine.send({ type: 'query', id: 3, query: { kind: 'export', span: 'all', filter: {}, format: 'csv', path } });
    assert.match((await engine.next('failure')).message, /ENOENT/);
  });

  it('survives messages that are none', async () => {
    engine.send({ type: 'start', settings: 7 });
    assert.equal((await engine.next('log')).level, 'warn');
    engine.start();
    await engine.next('snapshot');
  });

  it('warns once of a dear call in flight', async () => {
    const at = Date.now();
    engine.append(session, [call(1, at - 3_600_000)]);
    engine.start({ ...defaultSettings, warnAbove: 0.5 });
    await engine.next('snapshot', (m) => m.snapshot.month.calls + m.snapshot.today.calls > 0);
    const params = { model: 'claude-opus-5-5', max_tokens: 128_000 };
    const timestamp = new Date(Date.now()).toISOString();
    engine.append(session, [{ type: 'api-request', sessionId: session, id: 'r1', timestamp, params }]);
    const { warning } = await engine.next('warning');
    assert.equal(warning.session, session);
    assert.equal(warning.inWindow, true);
    // 211,000 tokens of context written anew at $5 and 4,000 of answer at $20 per million.
    assert.ok(Math.abs(warning.estimate - 1.135) < 1e-9, String(warning.estimate));
    engine.append(session, [call(2)]);
    await engine.next(
      'snapshot',
      (m) => m.snapshot.today.calls >= 1 && m.snapshot.session?.state === 'tool or approval',
    );
  });

  it('prices again when an override changes, and remembers it', async () => {
    engine.append(session, [call(1)]);
    engine.start();
    await engine.next('snapshot', (m) => m.snapshot.today.calls === 1);
    const priceOverrides = { 'claude-opus-5-5': { input: 0, output: 100, cacheWrite5m: 0 } };
    engine.send({ type: 'settings', settings: { ...defaultSettings, priceOverrides } });
    const { snapshot } = await engine.next('snapshot', (m) => m.snapshot.today.listCost !== each);
    assert.equal(snapshot.today.listCost, 1);
    engine.send({ type: 'settings', settings: defaultSettings });
    await engine.next('snapshot', (m) => m.snapshot.today.listCost === each);
  });

  it('ends when its parent does', async () => {
    engine.start();
    await engine.next('snapshot');
    assert.equal(await engine.end(), 0);
  });
});
