import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Problem } from '../../core/query.ts';

const problemRow = z.object({ agent: z.string(), file: z.string(), line: z.number(), reason: z.string() });

/** Records that could not be read, the latest files first, and how many there are in all. */
export function readProblems(
  db: DatabaseSync,
  limit: number,
): { readonly total: number; readonly problems: readonly Problem[] } {
  const rows = db
    .prepare(
      `SELECT f.agent, f.path AS file, p.line + 1 AS line, p.reason FROM problem p JOIN file f ON f.id = p.file
       ORDER BY f.mtime DESC, f.path, p.line LIMIT ?`,
    )
    .all(limit);
  return { total: countProblems(db), problems: rows.map((row) => problemRow.parse(row)) };
}

/** How many records could not be read. */
function countProblems(db: DatabaseSync): number {
  return Number(db.prepare('SELECT COUNT(*) AS n FROM problem').get()?.['n'] ?? 0);
}
