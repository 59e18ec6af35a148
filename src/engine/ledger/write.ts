import type { DatabaseSync } from 'node:sqlite';
import { reconcile } from '../../core/identity.ts';
import type { Charge } from '../../core/pricing/charge.ts';
import { promptTokens } from '../../core/usage.ts';
import type { Fact, Signal, TokenCounts, UsageEvent } from '../../core/usage.ts';
import { createCallRows } from './callRows.ts';
import type { Place } from './callRows.ts';
import { createChangeLog } from './changes.ts';
import type { Change, ChangeLog } from './changes.ts';
import { createDimensions } from './dimensions.ts';
import { createFileRows } from './files.ts';
import type { FileRow, FileRows, NewPosition, Position } from './files.ts';
import { activityOf, answerOf, createSignalRows } from './signals.ts';
import type { Activity } from './signals.ts';
import { inTransaction } from './transaction.ts';

/** A fact and where its line stands in the file. */
export interface Located {
  readonly fact: Fact;
  readonly offset: number;
  readonly line: number;
}

/** What one reading of a file found. Its facts and its position are committed together or not at all. */
export interface Batch {
  readonly file: Pick<FileRow, 'id'> & Position;
  readonly agent: string;
  readonly facts: readonly Located[];
  readonly to: NewPosition;
}

export interface LedgerWriter {
  readonly files: FileRows;
  readonly changes: ChangeLog;
  /** `moved`: another writer has read these bytes; nothing was written and the reader must look again. */
  write(batch: Batch): Change | 'moved';
  /** Work on file rows in one transaction of its own. */
  transaction<T>(work: () => T): T;
}

export interface WriterOptions {
  readonly price: (event: UsageEvent) => Charge;
  /** Root folder of the project that a working folder belongs to. */
  readonly projectOf: (cwd: string) => string;
}

class Moved extends Error {}

/** The only writer of calls. Every batch is one transaction: its records, what they replace, and the read position. */
export function createWriter(db: DatabaseSync, options: WriterOptions): LedgerWriter {
  const files = createFileRows(db);
  const changes = createChangeLog(db);
  const dimensions = createDimensions(db);
  const calls = createCallRows(db, dimensions);
  const signals = createSignalRows(db);
  const projectId = (cwd: string | null) => (cwd === null ? null : dimensions.project(options.projectOf(cwd)));

  /** Returns the instants of the calls it touched. */
  function record(event: UsageEvent, session: number, project: number | null, place: Place): readonly number[] {
    const recorded = calls.rivals(event);
    const { keep, drop } = reconcile(recorded, event);
    const same = recorded.find((r) => r.id === event.id);
    if (!keep) {
      // The record itself again (a rewritten or moved file): what it is read from is here now.
      if (same?.fileGone === true && same.rank === event.rank) calls.move(same.row, place);
      return [];
    }
    const dropped = recorded.filter((r) => drop.includes(r.id));
    for (const { row } of dropped) calls.remove(row);
    const branch = event.branch === null ? null : dimensions.branch(event.branch);
    calls.add(same?.row ?? null, options.price(event), { session, project, branch }, place);
    return [event.at, ...dropped.map((r) => r.at)];
  }

  function usage(agent: string, events: Iterable<LocatedEvent>, file: number): number[][] {
    return [...events].map(({ event, offset, line }) => {
      const project = projectId(event.cwd);
      const own = event.subagent === null ? file : null;
      const session = dimensions.session({
        agent,
        key: event.session,
        parent: event.parentSession,
        project,
        file: own,
      });
      return [...record(event, session, project, { file, offset, line })];
    });
  }

  function signal(agent: string, s: Signal, file: number): number {
    const project = s.kind === 'request' ? projectId(s.cwd) : null;
    const own = s.kind === 'request' && s.subagent !== null ? null : file;
    const session = dimensions.session({ agent, key: s.session, parent: null, project, file: own });
    if (s.kind === 'plan') signals.plan(session, s.plan);
    if (s.kind === 'claim') signals.claim(session, s);
    return session;
  }

  function apply(batch: Batch): Change {
    const { file, agent, to } = batch;
    const facts = batch.facts.map(checked);
    const events = mostComplete(facts);
    const touched = usage(agent, events.values(), file.id);
    const activities = new Map<number, Activity>();
    for (const { fact, offset, line } of facts) {
      if (fact.type === 'problem') files.problem(file.id, offset, line, fact.reason);
      if (fact.type === 'signal') note(activities, signal(agent, fact.signal, file.id), activityOf(fact.signal));
      if (fact.type === 'usage') note(activities, answering(agent, fact.event), answerOf(fact.event));
    }
    for (const [session, activity] of activities) signals.activity(session, activity);
    const seen = facts.reduce((n, { fact }) => n + Number(fact.type === 'usage'), 0);
    if (!files.advance(file, to, seen)) throw new Moved();
    const added = touched.filter((instants) => instants.length > 0);
    const change = {
      earliest: added.length === 0 ? null : Math.min(...added.flat()),
      calls: added.length,
      rebuilt: false,
    };
    if (facts.length > 0) changes.record(change);
    return change;
  }

  function answering(agent: string, event: UsageEvent): number {
    return dimensions.session({ agent, key: event.session, parent: event.parentSession, project: null, file: null });
  }

  return {
    files,
    changes,
    transaction: (work) => inTransaction(db, work),
    write: (batch) => {
      let committed = false;
      try {
        const change = inTransaction(db, () => apply(batch));
        committed = true;
        return change;
      } catch (error) {
        if (error instanceof Moved) return 'moved';
        throw error;
      } finally {
        dimensions.settle(committed);
      }
    },
  };
}

// The tables are strict: one number that is no integer would undo the batch for every good record in it.
function checked(located: Located): Located {
  const { fact } = located;
  if (fact.type === 'problem' || storable(fact)) return located;
  return { ...located, fact: { type: 'problem', reason: 'Its numbers are out of range' } };
}

function storable(fact: Exclude<Fact, { type: 'problem' }>): boolean {
  if (fact.type === 'signal') {
    const { signal: s } = fact;
    return (
      Number.isSafeInteger(s.at) &&
      (s.kind !== 'claim' || (whole(s.tokens, s.webSearches) && Math.abs(s.usd ?? 0) < 1e6))
    );
  }
  const { at, rank, contextWindow, webSearches, parts } = fact.event;
  return (
    [at, rank, contextWindow ?? 0].every(Number.isSafeInteger) &&
    // A cost must fit SQLite's 64-bit integers; a billion tokens is a thousand times the largest window.
    parts.every(({ tokens: t }) => whole(t, webSearches) && promptTokens(t) + t.output < 1e9 && webSearches < 1e6)
  );
}

function whole(tokens: TokenCounts, webSearches: number): boolean {
  const counts = [tokens.input, tokens.cacheRead, tokens.cacheWrite5m, tokens.cacheWrite1h, tokens.output];
  return [...counts, tokens.thinking ?? 0, webSearches].every((n) => Number.isSafeInteger(n) && n >= 0);
}

interface LocatedEvent {
  readonly event: UsageEvent;
  readonly offset: number;
  readonly line: number;
}

/** One record per call: a streamed call writes several, and only the most complete needs to reach the ledger. */
function mostComplete(facts: readonly Located[]): Map<string, LocatedEvent> {
  const events = new Map<string, LocatedEvent>();
  for (const { fact, offset, line } of facts) {
    if (fact.type !== 'usage') continue;
    const { event } = fact;
    const known = events.get(event.id);
    if (known === undefined || reconcile([known.event], event).keep) events.set(event.id, { event, offset, line });
  }
  return events;
}

function note(activities: Map<number, Activity>, session: number, next: Activity | null): void {
  const last = activities.get(session);
  if (next === null || (last !== undefined && last.at > next.at)) return;
  activities.set(session, {
    ...next,
    turn: next.turn ?? last?.turn ?? null,
    model: next.model ?? last?.model ?? null,
    effort: next.effort ?? last?.effort ?? null,
  });
}
