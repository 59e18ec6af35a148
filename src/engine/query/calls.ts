import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod';
import { usd } from '../../core/format.ts';
import type { AppliedRate } from '../../core/pricing/charge.ts';
import { parseJson } from '../../core/sources/json.ts';
import type { CallDetail, CallPart } from '../../core/query.ts';
import { addTokens, noTokens } from '../../core/usage.ts';
import type { TokenCounts } from '../../core/usage.ts';
import { qualityWord } from '../ledger/words.ts';
import { bigOf, intOf, textOf } from './columns.ts';
import type { Row } from './columns.ts';
import type { Scope } from './scope.ts';

/** Calls in `scope`, newest first, and how many there are in all. */
export function readCalls(
  db: DatabaseSync,
  scope: Scope,
  page: { readonly limit: number; readonly offset: number },
): { readonly total: number; readonly calls: readonly CallDetail[] } {
  const { where, values } = conditions(scope);
  const count = db.prepare(`SELECT COUNT(*) AS total FROM call c WHERE ${where}`).get(...values);
  const calls = select(db, `WHERE ${where} ORDER BY c.at DESC, c.id DESC LIMIT ? OFFSET ?`, [
    ...values,
    page.limit,
    page.offset,
  ]);
  return { total: Number(count?.['total'] ?? 0), calls };
}

/** Calls in `scope`, oldest first, in pages: each is read when it is asked for, so that a writer is never kept waiting. */
export function* pagesOfCalls(db: DatabaseSync, scope: Scope, limit = 500): Generator<readonly CallDetail[]> {
  const { where, values } = conditions(scope);
  let after: readonly [at: number, id: number] = [Number.MIN_SAFE_INTEGER, -1];
  for (;;) {
    const page = select(db, `WHERE ${where} AND (c.at, c.id) > (?, ?) ORDER BY c.at, c.id LIMIT ?`, [
      ...values,
      ...after,
      limit,
    ]);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = [last.at, last.id];
  }
}

/** One call by its row id, null when there is none. */
export function readCall(db: DatabaseSync, id: number): CallDetail | null {
  return select(db, 'WHERE c.id = ?', [id])[0] ?? null;
}

function conditions(scope: Scope): { readonly where: string; readonly values: SQLInputValue[] } {
  const values: SQLInputValue[] = [Math.ceil(scope.period.since), Math.ceil(scope.period.until), ...scope.values];
  let where = `c.at >= ? AND c.at < ?${scope.where}`;
  if (scope.model !== null) {
    where += ` AND EXISTS (SELECT 1 FROM charge ch JOIN model m ON m.id = ch.model WHERE ch.call = c.id AND m.name = ?)`;
    values.push(scope.model);
  }
  return { where, values };
}

const callRow = z.object({
  id: z.number(),
  key: z.string(),
  at: z.number(),
  agent: z.string(),
  project: z.string().nullable(),
  branch: z.string().nullable(),
  session: z.string(),
  subagent: z.string().nullable(),
  effort: z.string().nullable(),
  speed: z.string(),
  tier: z.string(),
  region: z.string().nullable(),
  webSearches: z.number(),
  quality: qualityWord,
  file: z.string(),
  line: z.number(),
  offset: z.number(),
});

function select(db: DatabaseSync, tail: string, values: readonly SQLInputValue[]): CallDetail[] {
  const rows = db
    .prepare(
      `SELECT c.id, c.key, c.at, c.agent, p.path AS project, b.name AS branch, s.key AS session, c.subagent, c.effort,
         c.speed, c.tier, c.region, c.searches AS webSearches, c.quality, f.path AS file, c.line + 1 AS line, c.offset
       FROM call c
       JOIN session s ON s.id = c.session
       JOIN file f ON f.id = c.file
       LEFT JOIN project p ON p.id = c.project
       LEFT JOIN branch b ON b.id = c.branch
       ${tail}`,
    )
    .all(...values);
  const parts = partReader(db);
  return rows.map((row) => detail(callRow.parse(row), parts));
}

function detail(row: z.infer<typeof callRow>, partsOf: (call: number) => readonly ExactPart[]): CallDetail {
  const parts = partsOf(row.id);
  const costs = parts.map((p) => p.pico).filter((p) => p !== null);
  const [first, ...rest] = parts;
  return {
    ...row,
    model: first?.part.model ?? '',
    tokens: rest.reduce<TokenCounts>((sum, p) => addTokens(sum, p.part.tokens), first?.part.tokens ?? noTokens),
    // A call is priced as far as its parts are; only one without any price has none.
    listCost: costs.length === 0 ? null : usd(costs.reduce((a, b) => a + b, 0n)),
    parts: parts.map((p) => p.part),
  };
}

const n = z.number();
/** A rate as the ledger keeps it. One that a damaged page garbled leaves its charge without an explanation, not without a cost. */
const rateShape: z.ZodType<AppliedRate> = z.object({
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  perToken: z.object({ input: n, cacheRead: n, cacheWrite5m: n, cacheWrite1h: n, output: n }),
  perSearch: n,
  factors: z.array(z.object({ name: z.string(), num: n, den: n })),
  longContextAbove: n.nullable(),
  from: z.string().nullable(),
  source: z.string(),
  sourceDate: z.string(),
});

interface ExactPart {
  readonly part: CallPart;
  readonly pico: bigint | null;
}

function partReader(db: DatabaseSync): (call: number) => readonly ExactPart[] {
  const statement = db.prepare(
    `SELECT ch.*, m.name AS modelName, r.applied FROM charge ch
     JOIN model m ON m.id = ch.model LEFT JOIN rate r ON r.id = ch.rate WHERE ch.call = ? ORDER BY ch.part`,
  );
  statement.setReadBigInts(true);
  const rates = new Map<string, AppliedRate | null>();
  const rateOf = (json: string): AppliedRate | null => {
    const known = rates.get(json);
    if (known !== undefined) return known;
    const rate = rateShape.safeParse(parseJson(json)).data ?? null;
    rates.set(json, rate);
    return rate;
  };
  return (call) => statement.all(call).map((row) => toPart(row, rateOf));
}

function toPart(row: Row, rateOf: (json: string) => AppliedRate | null): ExactPart {
  const pico = bigOf(row, 'cost');
  const int = (column: string): number => intOf(row, column);
  const exact = (column: string): string => String(bigOf(row, column) ?? 0n);
  const part: CallPart = {
    model: textOf(row, 'modelName'),
    tokens: {
      input: int('input'),
      cacheRead: int('cache_read'),
      cacheWrite5m: int('cache_write_5m'),
      cacheWrite1h: int('cache_write_1h'),
      output: int('output'),
      thinking: row['thinking'] === null ? null : int('thinking'),
    },
    listCost: pico === null ? null : usd(pico),
    components:
      pico === null
        ? null
        : {
            input: exact('c_input'),
            cacheRead: exact('c_cache_read'),
            cacheWrite5m: exact('c_cache_write_5m'),
            cacheWrite1h: exact('c_cache_write_1h'),
            output: exact('c_output'),
            fees: exact('c_fees'),
          },
    rate: typeof row['applied'] === 'string' ? rateOf(row['applied']) : null,
  };
  return { part, pico };
}

/** Instant of the first call, null in an empty ledger. */
export function readFirstAt(db: DatabaseSync): number | null {
  const at = db.prepare('SELECT MIN(at) AS at FROM charge').get()?.['at'];
  return typeof at === 'number' ? at : null;
}
