import type { DatabaseSync } from 'node:sqlite';
import type { Problem } from '../../core/query.ts';
import { sources } from '../../core/sources/index.ts';
import type { Totals } from '../../core/totals.ts';
import { readCells } from '../query/cells.ts';
import { cellKeys, groupBy } from '../query/groups.ts';
import { createNaming } from '../query/naming.ts';
import { readProblems } from '../query/problems.ts';
import { always, scopeOf } from '../query/scope.ts';
import type { Scope } from '../query/scope.ts';
import { readSourceGlances } from '../query/sourceGlances.ts';
import { sumCells, toTotals } from '../query/sums.ts';
import type { Command } from './arguments.ts';

/** What `report --json` prints. It may only grow. */
export interface Report {
  readonly schema: 'burn-meter/report@1';
  /** ISO instants, null where the user set no bound. */
  readonly period: { readonly since: string | null; readonly until: string | null; readonly timezone: string };
  readonly by: Command['by'];
  readonly totals: Totals;
  readonly groups: readonly { readonly key: string; readonly totals: Totals }[];
  readonly sources: readonly ReportSource[];
  readonly problems: readonly Problem[];
}

export interface ReportSource {
  readonly agent: string;
  readonly files: number;
  readonly bytes: number;
  readonly calls: number;
  readonly problems: number;
  /** Spend that the agent's own totals prove and its call records lack. */
  readonly notRecorded: { readonly listCost: number };
}

type Bounds = Pick<Command, 'since' | 'until' | 'timeZone'>;

/** The calls a command is about. */
export function scopeFor({ since, until, timeZone }: Bounds): Scope {
  const bounded = since !== null || until !== null;
  return scopeOf(bounded ? { since: since ?? always.since, until: until ?? always.until } : always, {}, timeZone);
}

/** Sums of the ledger; sources and problems are those of all records, whatever the period. */
export function readReport(db: DatabaseSync, command: Bounds & Pick<Command, 'by'>): Report {
  const { since, until, timeZone, by } = command;
  const cells = readCells(db, scopeFor(command), cellKeys[by]);
  const groups = groupBy(cells, by, createNaming({ db, timeZone }));
  const known = readSourceGlances(db, sources);
  return {
    schema: 'burn-meter/report@1',
    period: { since: isoOf(since), until: isoOf(until), timezone: timeZone },
    by,
    totals: toTotals(sumCells(cells)),
    groups: groups.map(({ key, totals }) => ({ key, totals })),
    sources: agents(known).map((agent) => sourceOf(agent, known)),
    problems: readProblems(db, Number.MAX_SAFE_INTEGER).problems,
  };
}

type Glances = ReturnType<typeof readSourceGlances>;

/** Every agent that this version reads, and any other that the ledger holds. */
function agents(known: Glances): readonly string[] {
  return [...new Set([...sources.map((s) => s.id), ...known.map((s) => s.agent)])];
}

function sourceOf(agent: string, known: Glances): ReportSource {
  const glance = known.find((s) => s.agent === agent);
  return {
    agent,
    files: glance?.files ?? 0,
    bytes: glance?.bytes ?? 0,
    calls: glance?.calls ?? 0,
    problems: glance?.problems ?? 0,
    notRecorded: { listCost: glance?.notRecordedUsd ?? 0 },
  };
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
