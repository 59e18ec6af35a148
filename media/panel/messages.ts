import * as z from 'zod/mini';
import type { AppliedRate } from '../../src/core/pricing/charge.ts';
import type { Answers, Breakdown, CallDetail, CallPart, Group, PriceRow, Query } from '../../src/core/query.ts';
import type { Scan, PreflightGlance, SessionGlance, Snapshot, SourceGlance } from '../../src/core/snapshot.ts';
import type { Totals } from '../../src/core/totals.ts';

// What may come from the host, checked once so that every view below can trust its types. The annotations hold each
// schema to its contract: a field added there and used here fails to compile until it is checked here too.

const text = z.string();
const count = z.number();
const maybeText = z.nullable(text);
const maybeCount = z.nullable(count);

const totals: z.ZodMiniType<Totals> = z.object({
  calls: count,
  tokens: z.object({
    input: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    output: count,
    thinking: count,
  }),
  listCost: count,
  outOfPocket: maybeCount,
  webSearches: count,
  unpriced: z.object({ calls: count, tokens: count, models: z.array(text) }),
});

const session: z.ZodMiniType<SessionGlance> = z.object({
  agent: text,
  agentLabel: text,
  session: text,
  project: maybeText,
  branch: maybeText,
  model: maybeText,
  effort: maybeText,
  contextTokens: count,
  contextWindow: maybeCount,
  state: z.enum(['waiting for model', 'tool or approval', 'waiting for you', 'stale']),
  lastAt: count,
  totals,
  cache: z.nullable(z.object({ until: count, extra: count })),
  inFlight: z.nullable(z.object({ since: count, median: count, p90: count })),
});

const preflight: z.ZodMiniType<PreflightGlance> = z.object({
  agents: z.array(z.object({ label: text, pending: z.boolean() })),
  snoozedUntil: count,
});

const scan: z.ZodMiniType<Scan> = z.object({
  state: z.enum(['idle', 'scanning', 'cancelled']),
  filesDone: count,
  filesTotal: count,
  bytesDone: count,
  bytesTotal: count,
});

const source: z.ZodMiniType<SourceGlance> = z.object({
  agent: text,
  label: text,
  files: count,
  bytes: count,
  calls: count,
  problems: count,
  lastAt: maybeCount,
  notRecordedUsd: count,
});

const snapshot: z.ZodMiniType<Snapshot> = z.object({
  at: count,
  timeZone: text,
  host: text,
  today: totals,
  week: totals,
  month: totals,
  burnRate: maybeCount,
  session: z.nullable(session),
  active: z.array(session),
  lastTurn: z.nullable(z.object({ at: count, listCost: count, calls: count, session: text })),
  subscription: z.boolean(),
  budget: z.any(),
  scan,
  lastCallAt: maybeCount,
  sources: z.array(source),
  problems: count,
  preflight,
});

export const toPanelSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hydrate'), snapshot, locale: text, strings: z.record(text, text) }),
  z.object({ type: z.literal('snapshot'), snapshot }),
  z.object({ type: z.literal('answer'), id: count, answer: z.unknown() }),
  z.object({ type: z.literal('failure'), id: count, message: text }),
  z.object({ type: z.literal('show'), view: z.enum(['breakdown', 'projection', 'prices']) }),
  z.object({ type: z.literal('explain'), call: count }),
]);

/** A message of the host. What an answer holds is checked once it is known what was asked. */
export type Received = z.infer<typeof toPanelSchema>;

const group: z.ZodMiniType<Group> = z.object({ key: text, label: text, totals, firstAt: count, lastAt: count });
const groups = z.array(group);

const breakdown: z.ZodMiniType<Breakdown> = z.object({
  period: z.object({ since: count, until: count }),
  totals,
  previous: z.nullable(totals),
  chart: z.object({
    bucket: z.enum(['hour', 'day']),
    buckets: z.array(z.object({ at: count, label: text })),
    series: z.array(z.object({ key: text, label: text, values: z.array(count) })),
  }),
  tables: z.object({ model: groups, agent: groups, project: groups, branch: groups, session: groups, day: groups }),
});

const tokens = z.object({
  input: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  output: count,
  thinking: maybeCount,
});
const pico = text.check(z.regex(/^-?\d{1,30}$/));

const rate: z.ZodMiniType<AppliedRate> = z.object({
  id: text,
  provider: text,
  model: text,
  perToken: z.object({ input: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count, output: count }),
  perSearch: count,
  factors: z.array(z.object({ name: text, num: count, den: count })),
  longContextAbove: maybeCount,
  from: maybeText,
  source: text,
  sourceDate: text,
});

const part: z.ZodMiniType<CallPart> = z.object({
  model: text,
  tokens,
  listCost: maybeCount,
  components: z.nullable(
    z.object({ input: pico, cacheRead: pico, cacheWrite5m: pico, cacheWrite1h: pico, output: pico, fees: pico }),
  ),
  rate: z.nullable(rate),
});

const call: z.ZodMiniType<CallDetail> = z.object({
  id: count,
  key: text,
  at: count,
  agent: text,
  model: text,
  project: maybeText,
  branch: maybeText,
  session: text,
  subagent: maybeText,
  effort: maybeText,
  speed: text,
  tier: text,
  region: maybeText,
  webSearches: count,
  quality: z.enum(['exact', 'partial', 'estimated', 'unverified']),
  tokens,
  listCost: maybeCount,
  parts: z.array(part),
  file: text,
  line: count,
  offset: count,
});

const price: z.ZodMiniType<PriceRow> = z.object({
  provider: text,
  model: text,
  from: maybeText,
  longContextAbove: maybeCount,
  input: count,
  output: count,
  cacheRead: maybeCount,
  cacheWrite5m: maybeCount,
  cacheWrite1h: maybeCount,
  source: text,
  sourceDate: text,
});

const problem = z.object({ agent: text, file: text, line: count, reason: text });

/** By the kind of the query that asked. */
export const answerSchemas: { readonly [K in Query['kind']]: z.ZodMiniType<Answers[K]> } = {
  breakdown,
  calls: z.object({ total: count, calls: z.array(call) }),
  call: z.nullable(call),
  projection: z.object({
    month: text,
    toDate: count,
    projected: count,
    perActiveDay: count,
    activeDays: count,
    daysLeft: count,
    tasksPerActiveDay: count,
    tier: z.enum(['hobby', 'builder', 'team']),
    basis: text,
  }),
  problems: z.object({ total: count, problems: z.array(problem) }),
  prices: z.object({ rows: z.array(price), refreshedAt: maybeCount }),
  export: z.object({ path: text, calls: count }),
};
