import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Charge, ChargedPart } from '../../core/pricing/charge.ts';
import type { Identity } from '../../core/identity.ts';
import type { UsageEvent } from '../../core/usage.ts';
import type { Dimensions } from './dimensions.ts';

/** A call as the ledger has it, with what decides whether another record is the same call. */
export interface RecordedCall extends Identity {
  readonly row: number;
  readonly file: number;
  readonly fileGone: boolean;
}

export interface Place {
  readonly file: number;
  /** Bytes from the file's start. */
  readonly offset: number;
  /** Lines before it. */
  readonly line: number;
}

export interface CallRows {
  /** Calls of the event's group, and the one with its id should that be in another group. */
  rivals(event: Pick<Identity, 'id' | 'group'>): readonly RecordedCall[];
  remove(row: number): void;
  /** Adds a call; `row` keeps the row id of the record it replaces. */
  add(row: number | null, charge: Charge, links: CallLinks, place: Place): void;
  move(row: number, place: Place): void;
}

export interface CallLinks {
  readonly session: number;
  readonly project: number | null;
  readonly branch: number | null;
}

export function createCallRows(db: DatabaseSync, dimensions: Dimensions): CallRows {
  const find = db.prepare(`
    SELECT c.id, c.key, c.grp, c.replay, c.rank, c.at, s.key AS session, c.file, f.gone
    FROM call c JOIN session s ON s.id = c.session JOIN file f ON f.id = c.file WHERE c.grp = ? OR c.key = ?`);
  const remove = db.prepare('DELETE FROM call WHERE id = ?');
  const move = db.prepare('UPDATE call SET file = ?, offset = ?, line = ? WHERE id = ?');
  const add = db.prepare(`
    INSERT INTO call (id, key, grp, replay, rank, at, agent, provider, session, project, branch, subagent, turn, effort,
      speed, tier, region, searches, window, quality, file, offset, line)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const addCharge = createChargeInsert(db, dimensions);
  return {
    rivals: ({ group, id }) => find.all(group, id).map(recorded),
    remove: (row) => void remove.run(row),
    move: (row, place) => void move.run(place.file, place.offset, place.line, row),
    add: (row, charge, links, place) => {
      const id = Number(add.run(row, ...callValues(charge.event, links, place)).lastInsertRowid);
      charge.parts.forEach((part, index) => addCharge(id, index, charge.event.at, part));
    },
  };
}

/** In the order of the insert's columns, from `key` on. */
function callValues(e: UsageEvent, links: CallLinks, place: Place): SQLInputValue[] {
  const identity = [e.id, e.group, Number(e.replay), e.rank, e.at, e.agent, e.provider];
  const belongs = [links.session, links.project, links.branch];
  const facts = [e.subagent, e.turn, e.effort, e.speed, e.tier, e.region, e.webSearches, e.contextWindow, e.quality];
  return [...identity, ...belongs, ...facts, place.file, place.offset, place.line];
}

function recorded(row: Record<string, unknown>): RecordedCall {
  return {
    row: Number(row['id']),
    id: String(row['key']),
    group: String(row['grp']),
    replay: row['replay'] === 1,
    rank: Number(row['rank']),
    at: Number(row['at']),
    session: String(row['session']),
    file: Number(row['file']),
    fileGone: row['gone'] === 1,
  };
}

/** Writes one part of a call's charge; `replace` lets a new price take the place of the old one. */
export function createChargeInsert(
  db: DatabaseSync,
  dimensions: Pick<Dimensions, 'model' | 'rate'>,
  replace = false,
): (call: number, part: number, at: number, charged: ChargedPart) => void {
  const insert = db.prepare(`
    INSERT ${replace ? 'OR REPLACE ' : ''}INTO charge (call, part, at, model, input, cache_read, cache_write_5m,
      cache_write_1h, output, thinking, cost, rate, c_input, c_cache_read, c_cache_write_5m, c_cache_write_1h, c_output, c_fees)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return (call, part, at, { model, tokens: t, cost, rate, components: c }) => {
    insert.run(
      call,
      part,
      at,
      dimensions.model(model),
      t.input,
      t.cacheRead,
      t.cacheWrite5m,
      t.cacheWrite1h,
      t.output,
      t.thinking,
      cost,
      rate && dimensions.rate(rate),
      c && c.input,
      c && c.cacheRead,
      c && c.cacheWrite5m,
      c && c.cacheWrite1h,
      c && c.output,
      c && c.fees,
    );
  };
}
