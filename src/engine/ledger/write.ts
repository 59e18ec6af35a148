import type { DatabaseSync } from 'node:sqlite';
import { reconcile } from '../../core/identity.ts';
import type { Charge } from '../../core/pricing/charge.ts';
import type { Fact, Signal, UsageEvent } from '../../core/usage.ts';
import { createCallRows } from './callRows.ts';
import type { CallRows } from './callRows.ts';
import { createChangeLog } from './changes.ts';
import type { Change, ChangeLog } from './changes.ts';
import { createDimensions } from './dimensions.ts';
import type { Dimensions } from './dimensions.ts';
import { createFileRows } from './files.ts';
import type { FileRow, FileRows, NewPosition, Position } from './files.ts';
import { activityOf, answerOf, createSignalRows } from './signals.ts';
import type { Activity, SignalRows } from './signals.ts';
import { storable } from './storable.ts';
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

/** The tables, on one connection, and what the writer is told from outside. */
interface Desk extends WriterOptions {
  readonly files: FileRows;
  readonly changes: ChangeLog;
  readonly dimensions: Dimensions;
  readonly calls: CallRows;
  readonly signals: SignalRows;
}

class Moved extends Error {}

/** The only writer of calls. Every batch is one transaction: its records, what they replace, and the read position. */
export function createWriter(db: DatabaseSync, options: WriterOptions): LedgerWriter {
  const files = createFileRows(db);
  const changes = createChangeLog(db);
  const dimensions = createDimensions(db);
  const calls = createCallRows(db, dimensions);
  const desk: Desk = { ...options, files, changes, dimensions, calls, signals: createSignalRows(db) };
  return {
    files,
    changes,
    transaction: (work) => inTransaction(db, work),
    write: (batch) => {
      let committed = false;
      try {
        const change = inTransaction(db, () => apply(desk, batch));
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

function apply(desk: Desk, { file, agent, to, facts: located }: Batch): Change {
  const facts = located.map((one) => ({ ...one, fact: storable(one.fact) }));
  const touched = [...mostComplete(facts).values()].map((call) => recordCall(desk, agent, call, file.id));
  const activities = new Map<number, Activity>();
  for (const { fact, offset, line } of facts) {
    if (fact.type === 'problem') desk.files.problem(file.id, offset, line, fact.reason);
    if (fact.type === 'signal')
      note(activities, recordSignal(desk, agent, fact.signal, file.id), activityOf(fact.signal));
    if (fact.type === 'usage') note(activities, answering(desk, agent, fact.event), answerOf(fact.event));
  }
  for (const [session, activity] of activities) desk.signals.activity(session, activity);
  const seen = facts.reduce((n, { fact }) => n + Number(fact.type === 'usage'), 0);
  if (!desk.files.advance(file, to, seen)) throw new Moved();
  const added = touched.filter((instants) => instants.length > 0);
  const earliest = added.length === 0 ? null : Math.min(...added.flat());
  const change = { earliest, calls: added.length, rebuilt: false };
  if (facts.length > 0) desk.changes.record(change);
  return change;
}

/** Returns the instants of the calls it added, replaced or removed. */
function recordCall(desk: Desk, agent: string, { event, offset, line }: LocatedEvent, file: number): readonly number[] {
  const { calls, dimensions } = desk;
  const place = { file, offset, line };
  const project = projectId(desk, event.cwd);
  const own = event.subagent === null ? file : null;
  const session = dimensions.session({ agent, key: event.session, parent: event.parentSession, project, file: own });
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
  calls.add(same?.row ?? null, desk.price(event), { session, project, branch }, place);
  return [event.at, ...dropped.map((r) => r.at)];
}

/** Returns the row id of the signal's session. */
function recordSignal(desk: Desk, agent: string, s: Signal, file: number): number {
  const project = s.kind === 'request' ? projectId(desk, s.cwd) : null;
  const own = s.kind === 'request' && s.subagent !== null ? null : file;
  const session = desk.dimensions.session({ agent, key: s.session, parent: null, project, file: own });
  if (s.kind === 'compacted') desk.signals.compacted(session, s.at);
  if (s.kind === 'plan') desk.signals.plan(session, s.plan);
  if (s.kind === 'claim') desk.signals.claim(session, s);
  return session;
}

function answering({ dimensions }: Desk, agent: string, event: UsageEvent): number {
  return dimensions.session({ agent, key: event.session, parent: event.parentSession, project: null, file: null });
}

function projectId({ dimensions, projectOf }: Desk, cwd: string | null): number | null {
  return cwd === null ? null : dimensions.project(projectOf(cwd));
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
