import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Whether an error says that the file is no sound database (SQLITE_CORRUPT 11, SQLITE_NOTADB 26, and extended codes). */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === 11 || code === 26;
}

/**
 * Renames a damaged ledger to a dated name beside it and opens a new one. `damaged` is its new name; null when another
 * process had already done so.
 */
export function setAside(
  path: string,
  open: (path: string) => DatabaseSync,
): { readonly db: DatabaseSync; readonly damaged: string | null } {
  const release = lock(`${path}.repair`);
  try {
    try {
      return { db: open(path), damaged: null };
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    const damaged = freeName(path);
    renameSync(path, damaged);
    // The log belongs to the database by name: salvage reads both.
    if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${damaged}-wal`);
    rmSync(`${path}-shm`, { force: true });
    return { db: open(path), damaged };
  } finally {
    release();
  }
}

function freeName(path: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const names = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${path}.damaged-${stamp}${n === 0 ? '' : `-${n}`}`);
  return names.find((name) => !existsSync(name)) ?? `${path}.damaged-${stamp}-${process.pid}`;
}

// Two engines that start at once must not set each other's new ledger aside. A folder is made by one process only.
const lockStaleMs = 30_000;

function lock(folder: string): () => void {
  for (;;) {
    try {
      mkdirSync(folder);
      return () => rmdirSync(folder);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > lockStaleMs) rmSync(folder, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
}
