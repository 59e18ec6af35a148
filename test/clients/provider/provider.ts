// A model provider on loopback for real clients: Anthropic Messages, OpenAI Responses and Chat Completions, Gemini. It
// answers from a script, bills every answer, and keeps sizes and names of what it was sent, never a text.
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { anthropicStream, anthropicWhole } from './anthropic.ts';
import { createMarkedCache, createPrefixCache } from './cache.ts';
import { chatStream, chatWhole } from './chat.ts';
import { geminiStream, geminiWhole } from './gemini.ts';
import { fieldsOf } from './json.ts';
import { measured, piecesOf, promptTokens } from './pieces.ts';
import type { Api, Bill, Lane, ModelRequest } from './record.ts';
import { callOf, laneOf, limitsOf, parsed, received } from './request.ts';
import type { Call } from './request.ts';
import { responsesStream, responsesWhole } from './responses.ts';
import { answerOf } from './script.ts';
import type { Answer, Script, Step } from './script.ts';

export interface Provider {
  readonly port: number;
  /** Requests for a model's answer since the last script, in order of arrival. */
  readonly requests: readonly ModelRequest[];
  /** Starts a script and forgets earlier requests; caches stay. */
  play(script: Script): void;
  close(): Promise<void>;
}

export async function startProvider(now: () => number = Date.now): Promise<Provider> {
  const requests: ModelRequest[] = [];
  const steps = new Map<Lane, number>();
  const caches = { marked: createMarkedCache(), prefix: createPrefixCache() };
  let script: Script = {};
  let seq = 0;

  const nextStep = (lane: Lane): Step => {
    const list = script[lane] ?? [{ text: 'Done.' }];
    const n = steps.get(lane) ?? 0;
    steps.set(lane, n + 1);
    return list[Math.min(n, list.length - 1)] ?? { text: 'Done.' };
  };
  const answer = (call: Call, bytes: number, response: http.ServerResponse): void => {
    const { api, model, body } = call;
    const lane = laneOf(call);
    const step = nextStep(lane);
    const pieces = piecesOf(api, body);
    const said = answerOf(step, model);
    const isMarked = api === 'anthropic';
    const prompt = isMarked ? caches.marked(model, pieces, now()) : caches.prefix(model, pieces);
    const bill = { id: said.id, ...prompt, output: said.output, thinking: said.thinkingTokens };
    requests.push({
      seq: seq++,
      at: now(),
      api,
      model,
      lane,
      bytes,
      blocks: pieces.map(measured),
      ...limitsOf(body),
      bill: step.error === undefined ? bill : null,
    });
    if (step.error === undefined) send(call, said, bill, response);
    else refuse(step.error, response);
  };
  const serve = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const raw = await received(request);
    const call = callOf(request, raw);
    if (call === null) aside(request, raw, response);
    else answer(call, raw.length, response);
  };
  const server = http.createServer((request, response) => {
    // A client that leaves in the middle of its request is no failure.
    serve(request, response).catch(() => response.destroy());
  });
  // Clients that try a websocket first go on without one.
  server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 426 Upgrade Required\r\ncontent-length: 0\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    play(next) {
      script = next;
      steps.clear();
      requests.length = 0;
    },
    close() {
      server.closeAllConnections();
      return promisify(server.close.bind(server))();
    },
  };
}

function send(call: Call, answer: Answer, bill: Bill, response: http.ServerResponse): void {
  const thinkingOmitted = fieldsOf(call.body['thinking'])['display'] === 'omitted';
  const json = fieldsOf(call.body['generationConfig'])['responseMimeType'] === 'application/json';
  const ways = {
    anthropic: () => [
      anthropicWhole(answer, bill, { thinkingOmitted }),
      anthropicStream(answer, bill, { thinkingOmitted }),
    ],
    responses: () => [responsesWhole(answer, bill), responsesStream(answer, bill)],
    chat: () => [chatWhole(answer, bill), chatStream(answer, bill)],
    gemini: () => [geminiWhole(answer, bill, { json }), geminiStream(answer, bill, { json })],
  } satisfies Record<Api, () => readonly [unknown, Generator<string>]>;
  const [whole, stream] = ways[call.api]();
  if (call.whole) {
    reply(response, 200, whole);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (const event of stream) response.write(event);
  response.end();
}

function refuse({ status, message }: NonNullable<Step['error']>, response: http.ServerResponse): void {
  reply(response, status, { type: 'error', error: { type: 'api_error', code: status, message } });
}

/** What clients ask beside answers: lists of models, counts of tokens, whether anyone is there. */
function aside(request: http.IncomingMessage, raw: Buffer, response: http.ServerResponse): void {
  const { pathname } = new URL(request.url ?? '', 'http://provider');
  if (pathname.endsWith('/count_tokens')) {
    reply(response, 200, { input_tokens: promptTokens(piecesOf('anthropic', parsed(raw))) });
  } else if (pathname.endsWith(':countTokens')) {
    reply(response, 200, { totalTokens: promptTokens(piecesOf('gemini', parsed(raw))) });
  } else if (pathname.endsWith('/models')) {
    reply(response, 200, { object: 'list', data: [], models: [], has_more: false });
  } else {
    reply(response, 404, { type: 'error', error: { type: 'not_found_error', message: 'not here' } });
  }
}

function reply(response: http.ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
