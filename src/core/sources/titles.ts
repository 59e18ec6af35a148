import * as z from 'zod';
import { parseJson } from './json.ts';

const longest = 80;

/** Where an agent's lines hold titles. A line is parsed only when it has the marker. */
export interface TitlePattern {
  /** Best kind first; of one kind the last line wins, as titles are replaced by appending. */
  readonly titles: readonly { readonly marker: string; readonly schema: z.ZodType<string> }[];
  /** Fallbacks: the user's first words, surest kind first. */
  readonly prompts: TitlePattern['titles'];
}

/** What a session is about, out of lines of its file in order; one line of at most 80 characters, null for none. */
export function pickTitle(lines: readonly string[], pattern: TitlePattern): string | null {
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
  const parsed = schema.safeParse(parseJson(line));
  return parsed.success ? cut(parsed.data) : null;
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
/** A message's text as both agents write it: a string, or blocks of which the first text counts. */
export const content = z.union([z.string(), textBlocks]);
