// Takes a request apart into its content blocks, in the order in which the model reads them.
import { fieldsOf, listOf, textOf, tokensOf } from './json.ts';
import type { Fields } from './json.ts';
import type { Api, Block, Role } from './record.ts';

/** A block with its text, which lives as long as the request is answered. */
export interface Piece {
  readonly role: Role;
  readonly type: string;
  readonly tool: string | null;
  readonly json: string;
  readonly cache: Block['cache'];
}

const takers: Readonly<Record<Api, (body: Fields) => readonly Piece[]>> = { anthropic, responses, chat, gemini };

export const piecesOf = (api: Api, body: Fields): readonly Piece[] => takers[api](body);

export const measured = ({ role, type, tool, json, cache }: Piece): Block => ({
  role,
  type,
  tool,
  bytes: Buffer.byteLength(json),
  cache,
});

export const promptTokens = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, { json }) => sum + tokensOf(json), 0);

function piece(role: Role, type: string, tool: string | null, value: unknown, cache: Block['cache'] = null): Piece {
  return { role, type, tool, json: JSON.stringify(value) ?? '', cache };
}

const roles: Readonly<Record<string, Role>> = { assistant: 'assistant', model: 'assistant', tool: 'tool' };

const roleOf = (role: unknown): Role =>
  role === 'system' || role === 'developer' ? 'system' : (roles[String(role)] ?? 'user');

/** A message's content as a list of blocks: plain text is one text block. */
const contentOf = (content: unknown): readonly unknown[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);

/** Names of tools by the ids of their calls, since an answer names the call only. */
function namesById(calls: readonly Fields[], id: string): ReadonlyMap<unknown, string | null> {
  return new Map(calls.filter((call) => 'name' in call).map((call) => [call[id], textOf(call['name'])]));
}

// Anthropic Messages: tools, then system, then messages.
function anthropic(body: Fields): readonly Piece[] {
  const messages = listOf(body['messages']).map(fieldsOf);
  const blocks = messages.flatMap((m) => contentOf(m['content']).map((b) => ({ role: m['role'], block: fieldsOf(b) })));
  const names = namesById(
    blocks.map(({ block }) => block),
    'id',
  );
  const marked = (role: Role, tool: string | null, value: Fields, type: string): Piece => {
    const { cache_control: mark, ...rest } = value;
    const ttl = fieldsOf(mark)['ttl'] === '1h' ? '1h' : '5m';
    return piece(role, type, tool, rest, mark === undefined || mark === null ? null : ttl);
  };
  return [
    ...listOf(body['tools'])
      .map(fieldsOf)
      .map((t) => marked('tools', textOf(t['name']), t, 'definition')),
    ...contentOf(body['system']).map((s) => marked('system', null, fieldsOf(s), 'text')),
    ...blocks.map(({ role, block }) => {
      const type = textOf(block['type']) ?? 'text';
      if (type === 'tool_result') return marked('tool', names.get(block['tool_use_id']) ?? null, block, type);
      return marked(roleOf(role), type === 'tool_use' ? textOf(block['name']) : null, block, type);
    }),
  ];
}

/** A tool's definition in any of OpenAI's shapes. */
function definition(value: unknown): Piece {
  const tool = fieldsOf(value);
  const name = textOf(tool['name']) ?? textOf(fieldsOf(tool['function'])['name']) ?? textOf(tool['type']);
  return piece('tools', 'definition', name, tool);
}

// OpenAI Responses. Newer clients send tools as an item of the input.
function responses(body: Fields): readonly Piece[] {
  const input = body['input'];
  const items = typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : listOf(input);
  const names = namesById(items.map(fieldsOf), 'call_id');
  const instructions = textOf(body['instructions']);
  return [
    ...listOf(body['tools']).map(definition),
    ...(instructions === null ? [] : [piece('system', 'instructions', null, instructions)]),
    ...items.map(fieldsOf).flatMap((item) => responseItem(item, names)),
  ];
}

function responseItem(item: Fields, names: ReadonlyMap<unknown, string | null>): readonly Piece[] {
  const type = textOf(item['type']) ?? 'message';
  if (type === 'additional_tools') return listOf(item['tools']).map(definition);
  if (type === 'message')
    return contentOf(item['content']).map((part) =>
      piece(roleOf(item['role']), textOf(fieldsOf(part)['type']) ?? 'text', null, part),
    );
  if (type.endsWith('_output')) return [piece('tool', type, names.get(item['call_id']) ?? null, item)];
  const isCall = type.endsWith('_call');
  return [piece(isCall || type === 'reasoning' ? 'assistant' : 'user', type, textOf(item['name']), item)];
}

// OpenAI Chat Completions.
function chat(body: Fields): readonly Piece[] {
  const messages = listOf(body['messages']).map(fieldsOf);
  const calls = messages.flatMap((m) => listOf(m['tool_calls']).map(fieldsOf));
  const names = new Map(calls.map((call) => [call['id'], textOf(fieldsOf(call['function'])['name'])]));
  return [
    ...listOf(body['tools']).map(definition),
    ...messages.flatMap((message) => {
      const role = roleOf(message['role']);
      const tool = role === 'tool' ? (names.get(message['tool_call_id']) ?? null) : null;
      const thinking = textOf(message['reasoning_content']);
      return [
        ...(thinking === null ? [] : [piece(role, 'reasoning', null, thinking)]),
        ...contentOf(message['content']).map((part) =>
          piece(role, textOf(fieldsOf(part)['type']) ?? 'text', tool, part),
        ),
        ...listOf(message['tool_calls']).map((call) =>
          piece(role, 'tool_call', textOf(fieldsOf(fieldsOf(call)['function'])['name']), call),
        ),
      ];
    }),
  ];
}

// Gemini generateContent.
function gemini(body: Fields): readonly Piece[] {
  const tools = listOf(body['tools']).flatMap((t) => listOf(fieldsOf(t)['functionDeclarations']));
  const contents = [
    { role: 'system', parts: fieldsOf(body['systemInstruction'])['parts'] },
    ...listOf(body['contents']),
  ];
  return [
    ...tools.map(definition),
    ...contents
      .map(fieldsOf)
      .flatMap(({ role, parts }) => listOf(parts).map((part) => geminiPart(role, fieldsOf(part)))),
  ];
}

function geminiPart(role: unknown, part: Fields): Piece {
  const answered = fieldsOf(part['functionResponse']);
  if ('functionResponse' in part) return piece('tool', 'functionResponse', textOf(answered['name']), part);
  if ('functionCall' in part)
    return piece('assistant', 'functionCall', textOf(fieldsOf(part['functionCall'])['name']), part);
  return piece(roleOf(role), part['thought'] === true ? 'thought' : 'text', null, part);
}
