import type { Scan } from '../../core/snapshot.ts';
import type { FileStamp } from '../ledger/files.ts';
import type { Target } from './target.ts';

type Progress = Omit<Scan, 'state'>;

/** Files that wait to be read, newest first. */
export interface Backlog {
  /** `bytes`: how many of it are still to be read. A file that waits already is not added again. */
  add(target: Target, stamp: FileStamp, bytes: number): void;
  /** The file to read on with; it stays until `finish`. */
  current(): Target | undefined;
  /** Bytes of the current file that were read. */
  advance(bytes: number): void;
  finish(): void;
  clear(): void;
  readonly waiting: number;
  readonly progress: Progress;
}

interface Entry {
  readonly target: Target;
  readonly mtime: number;
  readonly bytes: number;
}

const noProgress: Progress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 };

export function createBacklog(): Backlog {
  // Oldest first, so that the newest is taken from the end.
  let entries: Entry[] = [];
  let sorted = true;
  let current: Entry | undefined;
  const paths = new Set<string>();
  let read = 0;
  let done = noProgress;
  const take = () => {
    if (!sorted) entries.sort((a, b) => a.mtime - b.mtime);
    sorted = true;
    return entries.pop();
  };
  return {
    add: (target, stamp, bytes) => {
      if (paths.has(target.path)) return;
      paths.add(target.path);
      if (current === undefined && entries.length === 0) done = noProgress;
      entries.push({ target, mtime: stamp.mtime, bytes });
      sorted = false;
      done = { ...done, filesTotal: done.filesTotal + 1, bytesTotal: done.bytesTotal + bytes };
    },
    current: () => (current ??= take())?.target,
    advance: (bytes) => void (read += bytes),
    finish: () => {
      if (current !== undefined) paths.delete(current.target.path);
      done = { ...done, filesDone: done.filesDone + 1, bytesDone: done.bytesDone + (current?.bytes ?? 0) };
      current = undefined;
      read = 0;
    },
    clear: () => {
      entries = [];
      paths.clear();
      current = undefined;
      read = 0;
      done = noProgress;
    },
    get waiting() {
      return entries.length + (current === undefined ? 0 : 1);
    },
    get progress() {
      return { ...done, bytesDone: done.bytesDone + Math.min(read, current?.bytes ?? 0) };
    },
  };
}
