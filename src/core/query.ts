import * as z from 'zod';
import type { AppliedRate, Components } from './pricing/charge.ts';
import type { Totals } from './totals.ts';
import type { Quality, TokenCounts } from './usage.ts';

export const dimensions = ['model', 'agent', 'project', 'branch', 'session', 'day', 'hour'] as const;
export type Dimension = (typeof dimensions)[number];

/** Values a call must have in every named dimension. `day` is `YYYY-MM-DD` in the view's time zone; '' is "none recorded". */
const filterSchema = z.partialRecord(z.enum(dimensions), z.string());
export type Filter = z.infer<typeof filterSchema>;

/** Which span the panel asks for; the engine turns it into instants in the user's time zone. */
const spanSchema = z.union([
  z.enum(['today', '7d', '30d', 'month', 'all']),
  z.object({ from: z.iso.date(), to: z.iso.date() }),
]);
export type Span = z.infer<typeof spanSchema>;

/** Everything a view may ask the engine. */
export const querySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('breakdown'),
    span: spanSchema,
    filter: filterSchema,
    stack: z.enum(['model', 'agent', 'project']),
  }),
  z.object({
    kind: z.literal('calls'),
    span: spanSchema,
    filter: filterSchema,
    limit: z.int().min(1).max(1000),
    offset: z.int().min(0),
  }),
  z.object({ kind: z.literal('call'), id: z.number().int() }),
  z.object({ kind: z.literal('projection') }),
  z.object({ kind: z.literal('problems'), limit: z.int().min(1).max(1000) }),
  z.object({ kind: z.literal('prices') }),
  z.object({
    kind: z.literal('export'),
    span: spanSchema,
    filter: filterSchema,
    format: z.enum(['csv', 'json']),
    path: z.string(),
  }),
]);
export type Query = z.infer<typeof querySchema>;

export interface Group {
  /** The dimension's value; '' when the records name none. */
  readonly key: string;
  /** For people: a session's title, a project's folder name, an agent's label. */
  readonly label: string;
  readonly totals: Totals;
  /** First and last call of the group. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Breakdown {
  /** Half-open, ms since the epoch. */
  readonly period: { readonly since: number; readonly until: number };
  readonly totals: Totals;
  /** The period of equal length just before, null for "all". */
  readonly previous: Totals | null;
  readonly chart: {
    readonly bucket: 'hour' | 'day';
    /** Start of each bucket in order, labelled in the view's zone; values are USD list value per series and bucket. */
    readonly buckets: readonly { readonly at: number; readonly label: string }[];
    readonly series: readonly { readonly key: string; readonly label: string; readonly values: readonly number[] }[];
  };
  readonly tables: Readonly<Record<'model' | 'agent' | 'project' | 'branch' | 'session' | 'day', readonly Group[]>>;
}

export interface CallPart {
  readonly model: string;
  readonly tokens: TokenCounts;
  /** USD; null when unpriced. */
  readonly listCost: number | null;
  /** Pico-dollars as decimal strings, exact. */
  readonly components: Readonly<Record<keyof Components, string>> | null;
  readonly rate: AppliedRate | null;
}

/** One call with all that explains its price. */
export interface CallDetail {
  /** The ledger's row id. */
  readonly id: number;
  readonly key: string;
  readonly at: number;
  readonly agent: string;
  readonly model: string;
  readonly project: string | null;
  readonly branch: string | null;
  readonly session: string;
  readonly subagent: string | null;
  readonly effort: string | null;
  readonly speed: string;
  readonly tier: string;
  readonly region: string | null;
  readonly webSearches: number;
  readonly quality: Quality;
  readonly tokens: TokenCounts;
  readonly listCost: number | null;
  readonly parts: readonly CallPart[];
  /** Where the record stands. */
  readonly file: string;
  readonly line: number;
  readonly offset: number;
}

export interface Calls {
  readonly total: number;
  readonly calls: readonly CallDetail[];
}

export interface Problem {
  readonly agent: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** The month's first honest projection. USD list value. */
export interface Projection {
  readonly month: string;
  readonly toDate: number;
  readonly projected: number;
  /** Average of the days with calls so far. */
  readonly perActiveDay: number;
  readonly activeDays: number;
  readonly daysLeft: number;
  readonly tasksPerActiveDay: number;
  readonly tier: 'hobby' | 'builder' | 'team';
  /** Why this number, in one sentence. */
  readonly basis: string;
}

export interface PriceRow {
  readonly provider: string;
  readonly model: string;
  readonly from: string | null;
  readonly longContextAbove: number | null;
  /** USD per million tokens. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly source: string;
  readonly sourceDate: string;
}

/** What each query answers. */
export interface Answers {
  readonly breakdown: Breakdown;
  readonly calls: Calls;
  readonly call: CallDetail | null;
  readonly projection: Projection;
  readonly problems: { readonly total: number; readonly problems: readonly Problem[] };
  readonly prices: { readonly rows: readonly PriceRow[]; readonly refreshedAt: number | null };
  readonly export: { readonly path: string; readonly calls: number };
}
