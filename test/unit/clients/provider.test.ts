import assert from 'node:assert/strict';
import { startProvider } from '../../clients/provider/provider.ts';
import type { Provider } from '../../clients/provider/provider.ts';
import { bytesByKind } from '../../clients/provider/record.ts';
import type { Block } from '../../clients/provider/record.ts';

const secret = 'a secret sentence';
const size = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const tokens = (blocks: readonly Block[]): number => blocks.reduce((sum, { bytes }) => sum + Math.ceil(bytes / 4), 0);
const tool = { name: 'look', description: secret, input_schema: {} };

const said = { type: 'text', text: secret };
const used = { type: 'tool_use', id: 't1', name: 'look', input: { at: secret } };
const found = { type: 'tool_result', tool_use_id: 't1', content: secret };
const called = { type: 'function_call', call_id: 'c1', name: 'look', arguments: secret };
const returned = { type: 'function_call_output', call_id: 'c1', output: secret };
const part = { type: 'input_text', text: secret };
const invoked = { id: 'c1', type: 'function', function: { name: 'look', arguments: secret } };
const functionCall = { functionCall: { name: 'look', args: { at: secret } } };
const functionResponse = { functionResponse: { name: 'look', response: { text: secret } } };

const requests: readonly { path: string; body: object; sizes: Record<string, number> }[] = [
  {
    path: '/v1/messages?beta=true',
    body: {
      model: 'm',
      max_tokens: 7,
      system: [said],
      tools: [tool],
      messages: [
        { role: 'user', content: secret },
        { role: 'assistant', content: [used] },
        { role: 'user', content: [{ ...found, cache_control: { type: 'ephemeral' } }] },
      ],
    },
    sizes: {
      'tools/definition/look': size(tool),
      'system/text': size(said),
      'user/text': size(said),
      'assistant/tool_use/look': size(used),
      'tool/tool_result/look': size(found),
    },
  },
  {
    path: '/v1/responses',
    body: {
      model: 'm',
      max_output_tokens: 7,
      instructions: secret,
      input: [
        { type: 'additional_tools', tools: [tool] },
        { type: 'message', role: 'user', content: [part] },
        called,
        returned,
      ],
    },
    sizes: {
      'system/instructions': size(secret),
      'tools/definition/look': size(tool),
      'user/input_text': size(part),
      'assistant/function_call/look': size(called),
      'tool/function_call_output/look': size(returned),
    },
  },
  {
    path: '/v1/chat/completions',
    body: {
      model: 'm',
      max_tokens: 7,
      tools: [{ type: 'function', function: tool }],
      messages: [
        { role: 'system', content: secret },
        { role: 'user', content: secret },
        { role: 'assistant', content: null, reasoning_content: secret, tool_calls: [invoked] },
        { role: 'tool', tool_call_id: 'c1', content: secret },
      ],
    },
    sizes: {
      'tools/definition/look': size({ type: 'function', function: tool }),
      'system/text': size(said),
      'user/text': size(said),
      'assistant/reasoning': size(secret),
      'assistant/tool_call/look': size(invoked),
      'tool/text/look': size(said),
    },
  },
  {
    path: '/v1beta/models/m:generateContent',
    body: {
      generationConfig: { maxOutputTokens: 7 },
      systemInstruction: { parts: [{ text: secret }] },
      tools: [{ functionDeclarations: [tool] }],
      contents: [
        { role: 'user', parts: [{ text: secret }] },
        { role: 'model', parts: [{ text: secret, thought: true }, functionCall] },
        { role: 'user', parts: [functionResponse] },
      ],
    },
    sizes: {
      'tools/definition/look': size(tool),
      'system/text': size({ text: secret }),
      'user/text': size({ text: secret }),
      'assistant/thought': size({ text: secret, thought: true }),
      'assistant/functionCall/look': size(functionCall),
      'tool/functionResponse/look': size(functionResponse),
    },
  },
];

describe('the provider for tests with real clients', () => {
  let provider: Provider;
  let now = 0;
  before(async () => (provider = await startProvider(() => now)));
  after(() => provider.close());
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`http://127.0.0.1:${provider.port}${path}`, { method: 'POST', body: JSON.stringify(body) });

  for (const { path, body, sizes } of requests) {
    it(`keeps the size of every block of ${path}, bills what it measured, and keeps no text`, async () => {
      provider.play({ main: [{ thinking: 'eight by', text: secret }] });
      const answer = await (await post(path, body)).text();
      assert.ok(answer.includes(secret), answer);
      const [request] = provider.requests;
      assert.ok(request?.bill);
      assert.deepEqual(bytesByKind(request.blocks), sizes);
      const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, thinking } = request.bill;
      assert.equal(input + cacheRead + cacheWrite5m + cacheWrite1h, tokens(request.blocks));
      assert.deepEqual([output, thinking], [2 + Math.ceil(secret.length / 4), 2]);
      assert.deepEqual([request.model, request.lane, request.maxOutput], ['m', 'main', 7]);
      assert.ok(!JSON.stringify(provider.requests).includes(secret));
    });
  }

  it('streams the same answer', async () => {
    for (const { path, body } of requests) {
      const streamed = path.replace('generateContent', 'streamGenerateContent');
      provider.play({ main: [{ text: 'one two', tools: [{ name: 'look', input: {} }] }] });
      const response = await post(streamed, { ...body, stream: true });
      assert.equal(response.headers.get('content-type'), 'text/event-stream');
      const text = await response.text();
      assert.ok(text.includes('one two') && text.includes('"look"'), text);
    }
  });

  it('reads its cache as marks say, until their time is over', async () => {
    const long = { type: 'text', text: secret.repeat(400) };
    const body = (ttl: string, ...more: readonly object[]) => ({
      model: 'cached',
      tools: [tool],
      messages: [{ role: 'user', content: [{ ...long, cache_control: { type: 'ephemeral', ttl } }, ...more] }],
    });
    const bill = async (request: unknown) => {
      provider.play({});
      await post('/v1/messages', request);
      const { cacheRead, cacheWrite5m, cacheWrite1h, input } = provider.requests[0]?.bill ?? assert.fail();
      return { cacheRead, cacheWrite5m, cacheWrite1h, input };
    };
    const prefix = Math.ceil(size(tool) / 4) + Math.ceil(size(long) / 4);
    const none = { cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, input: 0 };
    assert.deepEqual(await bill(body('5m')), { ...none, cacheWrite5m: prefix });
    now += 299_000;
    const rest = Math.ceil(size(said) / 4);
    assert.deepEqual(await bill(body('5m', said)), { ...none, cacheRead: prefix, input: rest });
    now += 299_000;
    assert.deepEqual(await bill(body('5m')), { ...none, cacheRead: prefix });
    now += 300_000;
    assert.deepEqual(await bill(body('1h')), { ...none, cacheWrite1h: prefix });
    now += 3_599_000;
    assert.deepEqual(await bill(body('1h')), { ...none, cacheRead: prefix });
  });

  it('reads what an earlier prompt began with, where nothing is marked', async () => {
    const message = (content: string) => ({ role: 'user', content });
    const bill = async (messages: readonly object[]) => {
      provider.play({});
      await post('/v1/chat/completions', { model: 'cached', messages });
      return provider.requests[0]?.bill;
    };
    const long = message('x'.repeat(8000));
    assert.equal((await bill([long]))?.cacheRead, 0);
    const again = await bill([long, message(secret)]);
    const total = Math.ceil((8000 + size({ type: 'text', text: '' })) / 4) + Math.ceil(size(said) / 4);
    assert.deepEqual([again?.cacheRead, again?.input], [1920, total - 1920]);
  });

  it('answers step by step, the last one again, each lane its own; errors are not billed', async () => {
    const [{ path, body }] = requests as [(typeof requests)[0]];
    provider.play({
      main: [{ error: { status: 529, message: 'full' } }, { text: 'last' }],
      aux: [{ text: 'a title' }],
    });
    assert.equal((await post(path, body)).status, 529);
    for (const wanted of ['last', 'last']) assert.ok((await (await post(path, body)).text()).includes(wanted));
    assert.ok((await (await post(path, { model: 'm', messages: [] })).text()).includes('a title'));
    assert.deepEqual(
      provider.requests.map(({ lane, bill }) => [lane, bill !== null]),
      [
        ['main', false],
        ['main', true],
        ['main', true],
        ['aux', true],
      ],
    );
  });

  it('counts tokens and lists models without taking that for a request', async () => {
    provider.play({});
    const counted = await (await post('/v1/messages/count_tokens', requests[0]?.body)).text();
    assert.match(counted, /^\{"input_tokens":[1-9]\d*\}$/);
    assert.equal((await fetch(`http://127.0.0.1:${provider.port}/v1/models`)).status, 200);
    assert.equal((await post('/elsewhere', {})).status, 404);
    assert.equal(provider.requests.length, 0);
  });
});
