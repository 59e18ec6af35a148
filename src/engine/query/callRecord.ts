import type { CallDetail } from '../../core/query.ts';
import { csvLine } from './csv.ts';

/** A call as files and pipes get it: the names of the report's totals, times as ISO instants. May only grow. */
export function callRecord(call: CallDetail): Readonly<Record<string, unknown>> {
  return {
    id: call.key,
    at: new Date(call.at).toISOString(),
    agent: call.agent,
    model: call.model,
    project: call.project,
    branch: call.branch,
    session: call.session,
    subagent: call.subagent,
    effort: call.effort,
    speed: call.speed,
    tier: call.tier,
    region: call.region,
    tokens: call.tokens,
    webSearches: call.webSearches,
    listCost: call.listCost,
    outOfPocket: null,
    quality: call.quality,
    parts: call.parts.map((p) => ({
      model: p.model,
      tokens: p.tokens,
      listCost: p.listCost,
      components: p.components,
      rate: p.rate?.id ?? null,
    })),
    file: call.file,
    line: call.line,
  };
}

const columns: readonly (readonly [name: string, value: (c: CallDetail) => string | number | null])[] = [
  ['time', (c) => new Date(c.at).toISOString()],
  ['agent', (c) => c.agent],
  ['model', (c) => c.model],
  ['project', (c) => c.project],
  ['branch', (c) => c.branch],
  ['session', (c) => c.session],
  ['subagent', (c) => c.subagent],
  ['effort', (c) => c.effort],
  ['speed', (c) => c.speed],
  ['tier', (c) => c.tier],
  ['region', (c) => c.region],
  ['input', (c) => c.tokens.input],
  ['cache_read', (c) => c.tokens.cacheRead],
  ['cache_write_5m', (c) => c.tokens.cacheWrite5m],
  ['cache_write_1h', (c) => c.tokens.cacheWrite1h],
  ['output', (c) => c.tokens.output],
  ['thinking', (c) => c.tokens.thinking],
  ['web_searches', (c) => c.webSearches],
  ['list_cost_usd', (c) => c.listCost],
  ['quality', (c) => c.quality],
  ['file', (c) => c.file],
  ['line', (c) => c.line],
  ['id', (c) => c.key],
];

export const csvHeader: string = csvLine(columns.map(([name]) => name));

/** One line of the CSV export. */
export function csvRecord(call: CallDetail): string {
  return csvLine(columns.map(([, value]) => value(call)));
}
