import * as z from 'zod';
import { parseJson } from '../../core/sources/json.ts';
import type { ParserState } from '../../core/sources/source.ts';
import type { Located } from '../ledger/write.ts';
import type { LineSink } from './lines.ts';
import type { Target } from './target.ts';

/** A longer line is not read: decoding it would take several times its size in memory. */
export const maxLineBytes = 64 * 1024 * 1024;

export interface Collector {
  readonly sink: LineSink;
  readonly facts: Located[];
  /** The parser's state as JSON. */
  state(): string;
}

/** Hands lines to the source's parser and keeps what it says of them, each with its place. */
export function createCollector(target: Target, saved: string | null): Collector {
  const facts: Located[] = [];
  const parser = target.source.createParser({ path: target.below }, parseState(saved));
  const problem = (reason: string, place: { offset: number; line: number }) => {
    facts.push({ fact: { type: 'problem', reason }, offset: place.offset, line: place.line });
  };
  return {
    facts,
    state: () => JSON.stringify(parser.state),
    sink: {
      line: ({ text, offset, line }) => {
        try {
          for (const fact of parser.read(text)) facts.push({ fact, offset, line });
        } catch (error) {
          // A parser must not throw; should one do so, the good records beside this line must not be lost.
          problem(`a line that could not be read (${error instanceof Error ? error.name : 'error'})`, { offset, line });
        }
      },
      tooLong: (line) => problem(`a line of ${Math.round(line.bytes / 1024 / 1024)} MB, too long to read`, line),
    },
  };
}

const stateSchema = z.record(z.string(), z.unknown());

function parseState(saved: string | null): ParserState | null {
  return saved === null ? null : (stateSchema.safeParse(parseJson(saved)).data ?? null);
}
