import * as z from 'zod';
import type { Answer, Surroundings } from './answers.ts';
import { label, parseJson } from './json.ts';

const blockShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('tool_use'), name: z.string(), input: z.record(z.string(), z.unknown()) }),
  z.object({ type: z.enum(['thinking', 'redacted_thinking']) }),
]);
type Block = z.infer<typeof blockShape>;

const lineShape = z.object({
  type: z.literal('assistant'),
  requestId: label,
  apiBlockIndex: z.int().nullish().catch(null),
  message: z.object({ id: z.string(), stop_reason: label, content: z.array(z.unknown()) }),
});
type Line = z.infer<typeof lineShape>;

/**
 * An answer is written as one line for each content block, with other lines between where tools ran meanwhile. It is
 * whole when blocks are numbered without a gap, or when something else stands before its first line, and when it came
 * to a stop and either another answer or the file's end follows.
 */
export function claudeAnswer({ before, own, after, fromStart, toEnd }: Surroundings): Answer | null {
  const told = read(own);
  if (told === null) return null;
  const isOf = (line: string): boolean => line.includes(told.message.id);
  const parts = [...before.filter(isOf), own, ...after.filter(isOf)].map(read).filter((part) => isSame(part, told));
  if ((parts.at(-1)?.message.stop_reason ?? null) === null) return null;
  if (!isNumbered(parts) && !fromStart && before.every(isOf)) return null;
  if (!toEnd && !after.some((line) => !isOf(line) && line.includes('"assistant"'))) return null;
  const blocks = z.array(blockShape).safeParse(parts.flatMap(({ message }) => message.content)).data;
  return blocks === undefined ? null : answerOf(blocks);
}

function read(line: string): Line | null {
  return lineShape.safeParse(parseJson(line)).data ?? null;
}

function isSame(part: Line | null, told: Line): part is Line {
  return part !== null && part.message.id === told.message.id && part.requestId === told.requestId;
}

function isNumbered(parts: readonly Line[]): boolean {
  return parts.every(({ apiBlockIndex }, i) => apiBlockIndex === i);
}

function answerOf(blocks: readonly Block[]): Answer | null {
  const text = blocks.map(written).filter((part) => part !== '');
  const toolCalls = blocks.filter(({ type }) => type === 'tool_use').length;
  const hasThinking = blocks.some(({ type }) => /thinking/.test(type));
  return text.length === 0 ? null : { text: text.join('\n'), toolCalls, hasThinking };
}

/** A tool's arguments are written by name, texts as they are. */
function written(block: Block): string {
  if (block.type === 'text') return block.text;
  if (block.type !== 'tool_use') return '';
  const given = Object.entries(block.input).map(
    ([name, value]) => `${name}\n${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [block.name, ...given].join('\n');
}
