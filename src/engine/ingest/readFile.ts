import { readSync } from 'node:fs';
import type { Change } from '../ledger/changes.ts';
import type { FileRow, FileStamp } from '../ledger/files.ts';
import type { LedgerWriter } from '../ledger/write.ts';
import { claimRow, isUnchanged } from './claimRow.ts';
import { createCollector, maxLineBytes } from './collect.ts';
import { fingerprint } from './fingerprint.ts';
import { createLineScanner } from './lines.ts';
import { isGone, problemText, withFile } from './target.ts';
import type { Target } from './target.ts';

/** How much one step may do before it yields. */
export interface Budget {
  /** Read at most this many bytes at a time; reused by every step. */
  readonly buffer: Buffer;
  readonly expired: () => boolean;
  readonly maxFacts: number;
  readonly maxLine?: number;
}

export interface Step {
  /** `more`: call again. `gone`: no file there. `failed`: it cannot be read now. `end`: read to its last whole line or record. */
  readonly state: 'end' | 'more' | 'gone' | 'failed';
  /** What was committed; null when nothing new was found. */
  readonly change: Change | null;
  /** Bytes of whole lines read. */
  readonly bytes: number;
}

export interface FileReader {
  /**
   * Reads on from the ledger's position of the file, at least one whole line if there is one, and commits what it finds
   * with the new position. It keeps no position itself: whatever another writer or a crash did, the ledger's counts.
   */
  step(target: Target, budget: Budget): Step;
}

const nothing = { change: null, bytes: 0 };
/** Below this a torn line is simply read again when it has grown. */
const longTornBytes = 1024 * 1024;

export function createFileReader(writer: LedgerWriter): FileReader {
  // How far a long torn line has been searched for its end, so that a slow writer does not have it read over and over.
  const searched = new Map<string, { readonly offset: number; readonly upTo: number }>();

  function readOn(target: Target, budget: Budget, fd: number, stamp: FileStamp): Step {
    const known = writer.files.byPath(target.path);
    if (isUnchanged(known, stamp)) return { state: 'end', ...nothing };
    const row = claimRow(writer, target, fd, stamp);
    const torn = searched.get(target.path);
    searched.delete(target.path);
    if (
      torn?.offset === row.offset &&
      stamp.size > torn.upTo &&
      !hasNewline(fd, torn.upTo, stamp.size, budget.buffer)
    ) {
      searched.set(target.path, { offset: row.offset, upTo: stamp.size });
      return { state: 'end', ...nothing };
    }
    return readRow(target, budget, fd, stamp, row);
  }

  function readRow(target: Target, budget: Budget, fd: number, stamp: FileStamp, row: FileRow): Step {
    const collector = createCollector(target, row.state);
    const markers = target.source.markers.map((marker) => Buffer.from(marker));
    const scanner = createLineScanner(
      { offset: row.offset, line: row.line, markers, maxLine: budget.maxLine ?? maxLineBytes },
      collector.sink,
    );
    const at = readChunks(fd, row.offset, stamp.size, budget, (chunk) => {
      scanner.push(chunk);
      return scanner.offset > row.offset && (collector.facts.length >= budget.maxFacts || budget.expired());
    });
    const end = at >= stamp.size;
    if (end) scanner.takeLast();
    const { offset, line } = scanner;
    if (end && stamp.size - offset > longTornBytes) searched.set(target.path, { offset, upTo: stamp.size });
    const head = offset === row.offset ? row.head : fingerprint(fd, offset);
    const change = writer.write({
      file: row,
      agent: target.source.id,
      facts: collector.facts,
      // Without its instant a file counts as changed: a step that broke off is taken up again after a restart.
      to: { ...stamp, mtime: end ? stamp.mtime : 0, offset, line, head, state: collector.state() },
    });
    if (change === 'moved') return { state: 'more', ...nothing };
    const touched = collector.facts.length > 0 ? change : null;
    return { state: end ? 'end' : 'more', change: touched, bytes: offset - row.offset };
  }

  return {
    step: (target, budget) => {
      try {
        return withFile(target.path, (fd, stamp) => readOn(target, budget, fd, stamp)) ?? { state: 'gone', ...nothing };
      } catch (error) {
        if (isGone(error)) return setGone(writer, target);
        if (!isSystemError(error)) throw error;
        return setUnreadable(writer, target, problemText(error));
      }
    },
  };
}

/** Reads from `from` towards `to` until `enough`; returns where it stopped. A file that shrinks meanwhile ends early. */
function readChunks(fd: number, from: number, to: number, budget: Budget, enough: (chunk: Buffer) => boolean): number {
  for (let at = from; at < to;) {
    const n = readSync(fd, budget.buffer, 0, Math.min(budget.buffer.length, to - at), at);
    if (n === 0) return to;
    at += n;
    if (enough(budget.buffer.subarray(0, n))) return at;
  }
  return to;
}

function hasNewline(fd: number, from: number, to: number, buffer: Buffer): boolean {
  let found = false;
  readChunks(fd, from, to, { buffer, expired: () => false, maxFacts: 0 }, (chunk) => (found = chunk.includes(0x0a)));
  return found;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

export function setGone(writer: LedgerWriter, target: Target): Step {
  const row = writer.files.byPath(target.path);
  if (row !== null && !row.gone) writer.transaction(() => writer.files.setGone(row.id, true));
  return { state: 'gone', ...nothing };
}

/** Makes a file or folder that cannot be read a problem that is seen. */
export function setUnreadable(writer: LedgerWriter, target: Pick<Target, 'path' | 'source'>, reason: string): Step {
  const known = writer.files.byPath(target.path);
  if (known?.mtime !== -1) writer.transaction(() => writer.files.setUnreadable(target.path, target.source.id, reason));
  return { state: 'failed', ...nothing };
}
