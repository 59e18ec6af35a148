import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Charge } from '../../core/pricing/charge.ts';
import { price } from '../../core/pricing/price.ts';
import type { RateCard } from '../../core/pricing/rateCard.ts';
import type { BilledPart, UsageEvent } from '../../core/usage.ts';
import { createChargeInsert } from './callRows.ts';
import { createChangeLog, join } from './changes.ts';
import type { Change } from './changes.ts';
import { createDimensions } from './dimensions.ts';
import { inTransaction } from './transaction.ts';
import { qualityWord, speedWord, tierWord } from './words.ts';

// Calls per transaction: a few milliseconds, so that reading goes on between them.
const batchSize = 100;

/**
 * Prices recorded calls anew from their stored tokens: those that `before` and `after` price differently, and unpriced
 * ones that `after` knows. Both cards are to be built on the present table, with the old and the new overrides and
 * aliases: then a change of the table alone rewrites nothing but what had no price. Yields to the event loop between
 * batches; each batch is one transaction, so that it may be broken off and run again.
 */
export async function reprice(db: DatabaseSync, before: RateCard, after: RateCard): Promise<Change> {
  const changes = createChangeLog(db);
  const dimensions = createDimensions(db);
  const write = createChargeInsert(db, dimensions, true);
  const read = createBatchReader(db, before === after);
  const done: Change[] = [];
  for (let from = 0; ;) {
    const step = inTransaction(db, () => {
      const batch = read(from);
      const touched = batch.filter((call) => rewrite(call, write, before, after)).map(({ event }) => event.at);
      const change = {
        earliest: touched.length === 0 ? null : Math.min(...touched),
        calls: touched.length,
        rebuilt: false,
      };
      if (touched.length > 0) changes.record(change);
      return { change, last: batch.at(-1)?.row };
    });
    dimensions.settle(true);
    done.push(step.change);
    if (step.last === undefined) return join(done);
    from = step.last;
    await new Promise(setImmediate);
  }
}

interface StoredCall {
  readonly row: number;
  readonly event: UsageEvent;
  /** Parts without a price. */
  readonly unpriced: ReadonlySet<number>;
}

function rewrite(
  call: StoredCall,
  write: ReturnType<typeof createChargeInsert>,
  before: RateCard,
  after: RateCard,
): boolean {
  const next = price(call.event, after);
  const changed = before !== after && rates(price(call.event, before)) !== rates(next);
  // A mere table change must not reach the parts of a call that have had their price.
  const due = next.parts
    .map((part, index) => ({ part, index }))
    .filter(({ part, index }) => changed || (call.unpriced.has(index) && part.cost !== null));
  for (const { part, index } of due) write(call.row, index, call.event.at, part);
  return due.length > 0;
}

function rates(charge: Charge): string {
  return JSON.stringify(charge.parts.map((part) => part.rate?.id ?? null));
}

function createBatchReader(db: DatabaseSync, unpricedOnly: boolean): (after: number) => readonly StoredCall[] {
  const calls = db.prepare(`
    SELECT c.*, s.key AS session_key, b.name AS branch_name FROM call c
    JOIN session s ON s.id = c.session LEFT JOIN branch b ON b.id = c.branch WHERE c.id > ?
    ${unpricedOnly ? 'AND EXISTS (SELECT 1 FROM charge WHERE call = c.id AND cost IS NULL)' : ''}
    ORDER BY c.id LIMIT ${batchSize}`);
  const charges = db.prepare(`
    SELECT m.name, h.input, h.cache_read, h.cache_write_5m, h.cache_write_1h, h.output, h.thinking, h.cost IS NULL AS unpriced
    FROM charge h JOIN model m ON m.id = h.model WHERE h.call = ? ORDER BY h.part`);
  return (after) =>
    calls.all(after).flatMap((row) => {
      const charged = charges.all(Number(row['id']));
      const [first, ...others] = charged.map(toPart);
      if (first === undefined) return [];
      const event = toEvent(row, [first, ...others]);
      const unpriced = new Set(charged.flatMap((part, index) => (part['unpriced'] === 1 ? [index] : [])));
      return [{ row: Number(row['id']), event, unpriced }];
    });
}

type Row = Record<string, unknown>;

function toPart(row: Row): BilledPart {
  const count = (column: string) => Number(row[column]);
  return {
    model: String(row['name']),
    tokens: {
      input: count('input'),
      cacheRead: count('cache_read'),
      cacheWrite5m: count('cache_write_5m'),
      cacheWrite1h: count('cache_write_1h'),
      output: count('output'),
      thinking: row['thinking'] === null ? null : count('thinking'),
    },
  };
}

const words = z.object({ speed: speedWord, tier: tierWord, quality: qualityWord });

/** The event as it was recorded, but for its folder and parent session, which no price depends on. */
function toEvent(row: Row, parts: UsageEvent['parts']): UsageEvent {
  const text = (column: string) => (typeof row[column] === 'string' ? row[column] : null);
  return {
    id: String(row['key']),
    group: String(row['grp']),
    replay: row['replay'] === 1,
    rank: Number(row['rank']),
    agent: String(row['agent']),
    at: Number(row['at']),
    provider: String(row['provider']),
    parts,
    ...words.parse(row),
    region: text('region'),
    webSearches: Number(row['searches']),
    effort: text('effort'),
    session: String(row['session_key']),
    parentSession: null,
    subagent: text('subagent'),
    turn: text('turn'),
    cwd: null,
    branch: text('branch_name'),
    contextWindow: row['window'] === null ? null : Number(row['window']),
  };
}
