import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import * as z from 'zod';

// A session's title is the user's own text, so the ledger never holds it: it is read from the agent's file for the
// sessions on screen and kept only in memory.

const span = 256 * 1024;
const remembered = 500;
const longest = 80;

export type ReadTitle = (agent: string, file: string) => Promise<string | null>;

/** A reader with a small memory of its own; null when the file is gone or names nothing. Never rejects. */
export function createTitleReader(): ReadTitle {
  const known = new Map<string, { readonly stamp: string; readonly title: string | null }>();
  return async (agent, path) => {
    const pattern = patterns.get(agent);
    if (!pattern) return null;
    let file: FileHandle | null = null;
    try {
      file = await open(path, 'r');
      const { size, mtimeMs } = await file.stat();
      const stamp = `${size}:${mtimeMs}`;
      const entry = known.get(path);
      known.delete(path);
      const title = entry?.stamp === stamp ? entry.title : pickTitle(await ends(file, size), pattern);
      known.set(path, { stamp, title });
      const eldest = known.size > remembered ? known.keys().next().value : undefined;
      if (eldest !== undefined) known.delete(eldest);
      return title;
    } catch {
      return null;
    } finally {
      await file?.close().catch(() => undefined);
    }
  };
}

/** The file's first and last stretch: titles are appended late, the first prompt stands early. */
async function ends(file: FileHandle, size: number): Promise<string> {
  const head = await stretch(file, 0, Math.min(size, span));
  if (size <= span) return head;
  const from = Math.max(span, size - span);
  return `${head}\n${await stretch(file, from, size - from)}`;
}

async function stretch(file: FileHandle, from: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Where an agent's lines hold titles. A line is parsed only when it has the marker. */
interface Pattern {
  /** Best kind first; of one kind the last line wins, as titles are replaced by appending. */
  readonly titles: readonly { readonly marker: string; readonly schema: z.ZodType<string> }[];
  /** Fallbacks: the user's first words, surest kind first. */
  readonly prompts: Pattern['titles'];
}

function pickTitle(text: string, pattern: Pattern): string | null {
  const lines = text.split('\n');
  for (const { marker, schema } of pattern.titles) {
    const title = first(lines.toReversed(), marker, schema);
    if (title !== null) return title;
  }
  for (const { marker, schema } of pattern.prompts) {
    const title = first(lines, marker, schema);
    if (title !== null) return title;
  }
  return null;
}

function first(lines: readonly string[], marker: string, schema: z.ZodType<string>): string | null {
  for (const line of lines) {
    if (!line.includes(marker)) continue;
    const title = readLine(line, schema);
    if (title !== null) return title;
  }
  return null;
}

function readLine(line: string, schema: z.ZodType<string>): string | null {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? cut(parsed.data) : null;
  } catch {
    return null;
  }
}

/** One line of at most 80 characters, null when nothing is left. Text in angle brackets is what agents inject. */
function cut(text: string): string | null {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line === '' || line.startsWith('<') || line.startsWith('# AGENTS.md')) return null;
  if (line.length <= longest) return line;
  // Not through the middle of a pair that makes one character.
  const end = /[\uD800-\uDBFF]$/.test(line.slice(0, longest - 1)) ? longest - 2 : longest - 1;
  return `${line.slice(0, end).trimEnd()}…`;
}

const textBlocks = z
  .array(z.looseObject({ type: z.string(), text: z.string().optional() }))
  .transform((blocks) => blocks.find((b) => /^(input_)?text$/i.test(b.type) && b.text !== undefined)?.text ?? '');
const content = z.union([z.string(), textBlocks]);

const claude: Pattern = {
  titles: [
    {
      marker: 'custom-title',
      schema: z.object({ type: z.literal('custom-title'), customTitle: z.string() }).transform((l) => l.customTitle),
    },
    {
      marker: 'ai-title',
      schema: z.object({ type: z.literal('ai-title'), aiTitle: z.string() }).transform((l) => l.aiTitle),
    },
    {
      marker: 'summary',
      schema: z.object({ type: z.literal('summary'), summary: z.string() }).transform((l) => l.summary),
    },
  ],
  prompts: [
    {
      marker: '"user"',
      schema: z
        .object({ type: z.literal('user'), isMeta: z.literal(false).optional(), message: z.object({ content }) })
        .transform((l) => l.message.content),
    },
  ],
};

const userMessage = z.object({ type: z.literal('user_message'), message: z.string() });
const completed = z.object({
  type: z.literal('item_completed'),
  item: z.object({ type: z.literal('UserMessage'), content }),
});
const response = z.object({ type: z.literal('message'), role: z.literal('user'), content });

// Codex records what it adds to a prompt as user messages too, so those come last.
const codex: Pattern = {
  titles: [],
  prompts: [
    { marker: 'user_message', schema: z.object({ payload: userMessage }).transform((l) => l.payload.message) },
    { marker: 'UserMessage', schema: z.object({ payload: completed }).transform((l) => l.payload.item.content) },
    { marker: '"user"', schema: z.object({ payload: response }).transform((l) => l.payload.content) },
  ],
};

const patterns: ReadonlyMap<string, Pattern> = new Map([
  ['claude', claude],
  ['codex', codex],
]);
