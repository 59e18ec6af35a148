import type { SQLOutputValue } from 'node:sqlite';

/** A row as SQLite gives it, integers as BigInt. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A whole number; 0 for NULL. */
export function intOf(row: Row, column: string): number {
  return Number(bigOf(row, column) ?? 0n);
}

/** An exact integer, null for NULL. */
export function bigOf(row: Row, column: string): bigint | null {
  const value = row[column];
  return typeof value === 'bigint' ? value : null;
}

/** A text; '' for NULL. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}
