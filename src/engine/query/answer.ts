import type { Answers, Query } from '../../core/query.ts';
import type { ReadTitle } from '../titles.ts';
import { periodOf, readBreakdown } from './breakdown.ts';
import type { View } from './breakdown.ts';
import { readCall, readCalls } from './calls.ts';
import { exportCalls } from './exportCalls.ts';
import { withTitles } from './naming.ts';
import { readProblems } from './problems.ts';
import { readProjection } from './projection.ts';
import { scopeOf } from './scope.ts';

/** What answers draw on beside the ledger. */
export interface Desk extends View {
  readonly readTitle: ReadTitle;
}

/** A question that the ledger answers; prices are not in it. */
export type LedgerQuery = Exclude<Query, { kind: 'prices' }>;
export type LedgerAnswer = Answers[LedgerQuery['kind']];

/** Answers one query. Rejects with a message fit for the user. */
export async function answer(desk: Desk, query: LedgerQuery): Promise<LedgerAnswer> {
  const { db, timeZone } = desk;
  switch (query.kind) {
    case 'breakdown': {
      const breakdown = readBreakdown(desk, query);
      const session = await withTitles(db, breakdown.tables.session, desk.readTitle);
      return { ...breakdown, tables: { ...breakdown.tables, session } };
    }
    case 'calls':
      return readCalls(db, scopeOf(periodOf(desk, query.span), query.filter, timeZone), query);
    case 'call':
      return readCall(db, query.id);
    case 'projection':
      return readProjection(desk);
    case 'problems':
      return readProblems(db, query.limit);
    case 'export':
      return exportCalls(db, scopeOf(periodOf(desk, query.span), query.filter, timeZone), query.format, query.path);
  }
}
