import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import type { Source } from '../../core/sources/source.ts';
import type { FileStamp } from '../ledger/files.ts';

/** A record file to read. */
export interface Target {
  readonly path: string;
  /** Below its root, with `/`. */
  readonly below: string;
  readonly source: Source;
}

export function stampOf(stat: BigIntStats): FileStamp {
  return { identity: `${stat.dev}:${stat.ino}`, size: Number(stat.size), mtime: Number(stat.mtimeMs) };
}

/** The system's code of a failure, such as `ENOENT`; empty for other errors. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether a failure says that a file or folder is no longer there. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error));
}

/** Why a file or folder cannot be read, as the reason of a problem. */
export function problemText(error: unknown): string {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied';
  return `cannot be read${code === '' ? '' : ` (${code})`}`;
}

/** Runs `work` on an open file; null when it is not a regular one. Throws the system's error when it cannot be opened. */
export function withFile<T>(path: string, work: (fd: number, stamp: FileStamp) => T): T | null {
  // Without O_NONBLOCK (absent on Windows) opening a named pipe would wait for its writer.
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(fd, { bigint: true });
    return stat.isFile() ? work(fd, stampOf(stat)) : null;
  } finally {
    closeSync(fd);
  }
}
