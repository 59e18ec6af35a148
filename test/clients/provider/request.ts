// Reads what a client sent: which API it speaks, which model it wants, which part of the work asks.
import type * as http from 'node:http';
import * as zlib from 'node:zlib';
import { fieldsOf, listOf, textOf } from './json.ts';
import type { Fields } from './json.ts';
import type { Api, Lane, ModelRequest } from './record.ts';

export interface Call {
  readonly api: Api;
  readonly model: string;
  readonly body: Fields;
  readonly headers: http.IncomingHttpHeaders;
  readonly whole: boolean;
}

const unpackers: Readonly<Record<string, (packed: Buffer) => Buffer>> = {
  gzip: zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  deflate: zlib.inflateSync,
  zstd: zlib.zstdDecompressSync,
};

export async function received(request: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const unpack = unpackers[request.headers['content-encoding'] ?? ''];
  return unpack === undefined ? Buffer.concat(parts) : unpack(Buffer.concat(parts));
}

export function parsed(body: Buffer): Fields {
  try {
    return fieldsOf(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

const paths: readonly (readonly [RegExp, Api])[] = [
  [/\/messages$/, 'anthropic'],
  [/\/responses$/, 'responses'],
  [/\/chat\/completions$/, 'chat'],
  [/\/models\/(?<model>[^/:]+):(?<method>generateContent|streamGenerateContent)$/, 'gemini'],
];

/** Null when the request is for something other than a model's answer. */
export function callOf({ method, url = '', headers }: http.IncomingMessage, raw: Buffer): Call | null {
  if (method !== 'POST') return null;
  const { pathname } = new URL(url, 'http://provider');
  for (const [pattern, api] of paths) {
    const found = pattern.exec(pathname);
    if (found === null) continue;
    const body = parsed(raw);
    const whole = api === 'gemini' ? found.groups?.['method'] === 'generateContent' : body['stream'] !== true;
    return { api, body, headers, whole, model: found.groups?.['model'] ?? textOf(body['model']) ?? '' };
  }
  return null;
}

/** Requests without tools are on the side: titles, routing, summaries. */
export function laneOf({ api, body, headers }: Call): Lane {
  const items = listOf(body['input']).map(fieldsOf);
  const hasTools = listOf(body['tools']).length > 0 || items.some((item) => item['type'] === 'additional_tools');
  if (!hasTools || (api === 'responses' && 'format' in fieldsOf(body['text']))) return 'aux';
  return headers['x-claude-code-agent-id'] === undefined ? 'main' : 'sub';
}

export function limitsOf(body: Fields): Pick<ModelRequest, 'maxOutput' | 'effort'> {
  const config = fieldsOf(body['generationConfig']);
  const max = [body['max_tokens'], body['max_output_tokens'], body['max_completion_tokens'], config['maxOutputTokens']];
  const efforts = [fieldsOf(body['output_config'])['effort'], fieldsOf(body['reasoning'])['effort']];
  return {
    maxOutput: max.find((value) => typeof value === 'number') ?? null,
    effort: [...efforts, body['reasoning_effort']].map(textOf).find((value) => value !== null) ?? null,
  };
}
