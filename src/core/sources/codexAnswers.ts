import * as z from 'zod';
import type { Answer, Surroundings } from './answers.ts';
import { parseJson } from './json.ts';

const text = z.object({ type: z.literal('output_text'), text: z.string() });

const itemShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), role: z.literal('assistant'), content: z.array(text) }),
  z.object({ type: z.literal('function_call'), name: z.string(), arguments: z.string() }),
  z.object({ type: z.literal('custom_tool_call'), name: z.string(), input: z.string() }),
]);
type Item = z.infer<typeof itemShape>;

/** What the model was given between answers, and thinking, which is counted apart. */
const passed = z.union([
  z.object({ type: z.enum(['function_call_output', 'custom_tool_call_output', 'reasoning']) }),
  z.object({ role: z.enum(['user', 'developer', 'system']) }),
]);

const lineShape = z.object({ type: z.string(), payload: z.unknown() });
const kindShape = z.object({ type: z.string() });

/**
 * A response's items are written as they come, its count after them: they stand between two counts. An item of a kind
 * that is not known here (a search, an image) may hold tokens that are in no text.
 */
export function codexAnswer({ before, own, fromStart }: Surroundings): Answer | null {
  if (!isCount(own)) return null;
  const last = before.findLastIndex(isCount);
  if (last === -1 && !fromStart) return null;
  const all = before.slice(last + 1).flatMap(responseItem);
  const items = z.array(itemShape).safeParse(all.filter((item) => !passed.safeParse(item).success)).data;
  if (items === undefined || items.length === 0) return null;
  return {
    text: items.map(written).join('\n'),
    toolCalls: items.filter(({ type }) => type !== 'message').length,
    hasThinking: all.some((item) => kindShape.safeParse(item).data?.type === 'reasoning'),
  };
}

function isCount(line: string): boolean {
  if (!/"token_(?:usage_record|count)"/.test(line)) return false;
  const { type, payload } = lineShape.safeParse(parseJson(line)).data ?? {};
  return type === 'token_usage_record' || kindShape.safeParse(payload).data?.type === 'token_count';
}

function responseItem(line: string): readonly unknown[] {
  if (!line.includes('"response_item"')) return [];
  const read = lineShape.safeParse(parseJson(line)).data;
  return read?.type === 'response_item' ? [read.payload] : [];
}

function written(item: Item): string {
  if (item.type === 'message') return item.content.map((part) => part.text).join('\n');
  return `${item.name}\n${item.type === 'function_call' ? item.arguments : item.input}`;
}
