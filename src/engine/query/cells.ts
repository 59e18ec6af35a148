import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { bigOf, intOf, textOf } from './columns.ts';
import type { Row } from './columns.ts';
import { always } from './scope.ts';
import type { Scope } from './scope.ts';

/** Sums of the smallest set of charges that every asked-for grouping can be folded from. Every cell has one model. */
export interface Cell {
  /** Start of the quarter of an hour, ms: every time zone in use is whole quarters from UTC. 0 when not asked for. */
  readonly at: number;
  readonly model: string;
  readonly agent: string;
  readonly project: string;
  readonly branch: string;
  /** Row id of the session, 0 when not asked for. */
  readonly session: number;
  /** Calls that begin in this cell: each call in exactly one. */
  readonly calls: number;
  /** Calls with a part at this cell's model: each call once per model. */
  readonly modelCalls: number;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly thinking: number;
  readonly pico: bigint;
  readonly searches: number;
  readonly unpricedCalls: number;
  readonly unpricedModelCalls: number;
  readonly unpricedTokens: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What cells are told apart by, beside the model. */
export type CellKey = 'at' | 'agent' | 'project' | 'branch' | 'session';

const quarter = 900_000;

const columns: Readonly<Record<CellKey, string>> = {
  at: `ch.at / ${quarter}`,
  agent: 'c.agent',
  project: 'c.project',
  branch: 'c.branch',
  session: 'c.session',
};

// A call's first part stands for the call; the first of a model, or the first unpriced, must be looked for among the
// parts before it, which only calls with several parts have.
const earlier = 'SELECT 1 FROM charge p WHERE p.call = ch.call AND p.part < ch.part';
const firstOfModel = `(ch.part = 0 OR NOT EXISTS (${earlier} AND p.model = ch.model))`;
const sums = `
  SUM(ch.part = 0) AS calls,
  SUM(${firstOfModel}) AS modelCalls,
  SUM(ch.input) AS input, SUM(ch.cache_read) AS cacheRead, SUM(ch.cache_write_5m) AS cacheWrite5m,
  SUM(ch.cache_write_1h) AS cacheWrite1h, SUM(ch.output) AS output, SUM(COALESCE(ch.thinking, 0)) AS thinking,
  SUM(COALESCE(ch.cost / 1000000, 0)) AS micro, SUM(COALESCE(ch.cost % 1000000, 0)) AS pico,
  SUM(CASE WHEN ch.part = 0 THEN c.searches ELSE 0 END) AS searches,
  SUM(CASE WHEN ch.cost IS NULL THEN NOT EXISTS (${earlier} AND p.cost IS NULL) ELSE 0 END) AS unpricedCalls,
  SUM(CASE WHEN ch.cost IS NULL THEN ${firstOfModel} ELSE 0 END) AS unpricedModelCalls,
  SUM(CASE WHEN ch.cost IS NULL
    THEN ch.input + ch.cache_read + ch.cache_write_5m + ch.cache_write_1h + ch.output ELSE 0 END) AS unpricedTokens,
  MIN(ch.at) AS firstAt, MAX(ch.at) AS lastAt`;

/** One pass over the charges in `scope`. */
export function readCells(db: DatabaseSync, scope: Scope, keys: readonly CellKey[]): Cell[] {
  const asked = (key: CellKey): string => (keys.includes(key) ? columns[key] : 'NULL');
  const model = scope.model === null ? '' : ' AND ch.model = (SELECT id FROM model WHERE name = ?)';
  // Without a range the planner starts from the session, not from the instants.
  const when = scope.period === always ? 'TRUE' : 'ch.at >= ? AND ch.at < ?';
  const statement = db.prepare(`
    SELECT cell.*, m.name AS modelName, p.path AS projectPath, b.name AS branchName
    FROM (
      SELECT ${asked('at')} AS slot, ch.model AS model, ${asked('agent')} AS agent, ${asked('project')} AS project,
        ${asked('branch')} AS branch, ${asked('session')} AS session, ${sums}
      FROM charge ch JOIN call c ON c.id = ch.call
      WHERE ${when}${scope.where}${model}
      GROUP BY ${[...keys.map((k) => columns[k]), 'ch.model'].join(', ')}
    ) cell
    JOIN model m ON m.id = cell.model
    LEFT JOIN project p ON p.id = cell.project
    LEFT JOIN branch b ON b.id = cell.branch`);
  // Sums of pico-dollars leave the range of exact doubles at $9,007.
  statement.setReadBigInts(true);
  const instants = scope.period === always ? [] : [Math.ceil(scope.period.since), Math.ceil(scope.period.until)];
  const values: SQLInputValue[] = [...instants, ...scope.values];
  if (scope.model !== null) values.push(scope.model);
  return statement.all(...values).map((row) => toCell(row, scope.model !== null));
}

function toCell(row: Row, ofOneModel: boolean): Cell {
  const int = (column: string): number => intOf(row, column);
  return {
    at: int('slot') * quarter,
    model: textOf(row, 'modelName'),
    agent: textOf(row, 'agent'),
    project: textOf(row, 'projectPath'),
    branch: textOf(row, 'branchName'),
    session: int('session'),
    // With only one model's parts in view, a call is in view when it has such a part.
    calls: ofOneModel ? int('modelCalls') : int('calls'),
    modelCalls: int('modelCalls'),
    input: int('input'),
    cacheRead: int('cacheRead'),
    cacheWrite5m: int('cacheWrite5m'),
    cacheWrite1h: int('cacheWrite1h'),
    output: int('output'),
    thinking: int('thinking'),
    pico: (bigOf(row, 'micro') ?? 0n) * 1_000_000n + (bigOf(row, 'pico') ?? 0n),
    searches: int('searches'),
    unpricedCalls: ofOneModel ? int('unpricedModelCalls') : int('unpricedCalls'),
    unpricedModelCalls: int('unpricedModelCalls'),
    unpricedTokens: int('unpricedTokens'),
    firstAt: int('firstAt'),
    lastAt: int('lastAt'),
  };
}
