import type { Source } from '../../src/core/sources/source.ts';
import type { Fact, Signal, UsageEvent } from '../../src/core/usage.ts';
import { usageEvent } from './usageEvent.ts';

/** A call as one line of the plain source: `{"usage":{...}}`; what is left out has a default. */
export interface PlainCall extends Partial<Omit<UsageEvent, 'id' | 'parts'>> {
  readonly id: string;
  readonly model?: string;
  readonly output?: number;
}

export function plainEvent(call: PlainCall): UsageEvent {
  const { model = 'claude-sonnet-5', output = 10, at = Date.UTC(2026, 8, 1), ...rest } = call;
  const tokens = { input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output };
  const plain = { ...usageEvent({ model, tokens }), group: call.id, rank: output, agent: 'plain', session: 's1', at };
  return { ...plain, ...rest };
}

export function plainLine(call: PlainCall): string {
  return `${JSON.stringify({ usage: call })}\n`;
}

/** The simplest agent: `*.jsonl` of calls and signals below one root. Its state counts the lines it was given. */
export function createPlainSource(root: string): Source {
  return {
    id: 'plain',
    label: 'Plain',
    roots: () => [root],
    accepts: (path) => path.endsWith('.jsonl') || path.endsWith('.jsonl.zst'),
    markers: ['"usage"', '"signal"', '"bad"'],
    title: () => null,
    createParser: (_file, saved) => {
      let lines = typeof saved?.['lines'] === 'number' ? saved['lines'] : 0;
      return {
        read: (line): readonly Fact[] => {
          lines += 1;
          if (line.includes('"bad"')) throw new Error('a parser at fault');
          return readPlain(line);
        },
        get state() {
          return { lines };
        },
      };
    },
  };
}

interface PlainRecord {
  readonly usage?: PlainCall;
  readonly signal?: Signal;
}

function isPlainRecord(value: unknown): value is PlainRecord {
  return typeof value === 'object' && value !== null;
}

function plainRecord(value: unknown): PlainRecord {
  return isPlainRecord(value) ? value : {};
}

function readPlain(line: string): readonly Fact[] {
  try {
    const record = plainRecord(JSON.parse(line));
    if (record.usage !== undefined) return [{ type: 'usage', event: plainEvent(record.usage) }];
    return record.signal === undefined ? [] : [{ type: 'signal', signal: record.signal }];
  } catch {
    return [{ type: 'problem', reason: 'a line that is not JSON' }];
  }
}
