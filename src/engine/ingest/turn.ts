import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Source } from '../../core/sources/source.ts';
import type { Scan } from '../../core/snapshot.ts';
import type { Change } from '../ledger/changes.ts';
import { isDamage } from '../ledger/setAside.ts';
import type { LedgerWriter } from '../ledger/write.ts';
import type { Backlog } from './backlog.ts';
import type { Catalogue } from './catalogue.ts';
import type { Place } from './discover.ts';
import { compressedEnding, readCompressed } from './readCompressed.ts';
import { createFileReader } from './readFile.ts';
import type { Step } from './readFile.ts';
import type { Search } from './search.ts';
import type { Target } from './target.ts';

/** Longest synchronous work, ms, before live records get their turn again; a commit may come on top. */
const sliceMs = 4;
const maxFacts = 100;
const chunkBytes = 64 * 1024;
const busyRetryMs = 200;

export interface ReadingOptions {
  readonly writer: LedgerWriter;
  readonly catalogue: Catalogue;
  readonly onChange: (change: Change) => void;
  readonly onScan: (scan: Scan) => void;
  readonly onFolder: (place: Place, source: Source, mtime: number, foreign: boolean) => void;
  readonly onError: (message: string, damaged: boolean) => void;
}

/** What is to be done, most urgent first. */
export interface Work {
  /** Files that have just changed, the latest last. */
  live: Target[];
  readonly search: Search;
  readonly backlog: Backlog;
  /** The backlog is to be left alone. */
  cancelled: boolean;
  /** Paths of files whose calls are to be dropped before they are read. */
  readonly forgetting: Set<string>;
}

/** Makes the function that does a slice of the most urgent work; it returns false when there is none. */
export function createTurn(
  options: ReadingOptions,
  work: Work,
  readAgain: (target: Target) => void,
): () => boolean | Promise<boolean> {
  const { writer, catalogue } = options;
  const { search, backlog, forgetting } = work;
  const reader = createFileReader(writer);
  const buffer = Buffer.allocUnsafe(chunkBytes);

  function finish(target: Target, result: Step, isLive: boolean): void {
    if (result.change !== null) options.onChange(result.change);
    if (!isLive) backlog.advance(result.bytes);
    if (result.state !== 'more' && !isLive) backlog.finish();
    if (result.state === 'more' && isLive) work.live.unshift(target);
    if (result.state === 'failed') retryOnSweep(target);
  }

  function retryOnSweep(target: Target): void {
    const known = catalogue.files.get(target.path);
    if (known !== undefined) known.stamp = { ...known.stamp, mtime: -1 };
  }

  function failed(target: Target, error: unknown, isLive: boolean): void {
    if (!isLive) backlog.finish();
    retryOnSweep(target);
    const busy = error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
    if (busy) setTimeout(() => readAgain(target), busyRetryMs);
    else
      options.onError(`${target.path}: ${error instanceof Error ? error.message : 'unknown error'}`, isDamage(error));
  }

  /** A promise only where it must be, so that a live record is read in the event's own turn. */
  function read(target: Target, expired: () => boolean): Step | Promise<Step> {
    if (forgetting.delete(target.path)) forget(target, options);
    if (target.path.endsWith(compressedEnding)) return readCompressed(writer, target, maxFacts);
    return reader.step(target, { buffer, maxFacts, expired });
  }

  function searchOn(expired: () => boolean): true {
    try {
      search.go(expired);
    } catch (error) {
      options.onError(error instanceof Error ? error.message : 'unknown error', isDamage(error));
    }
    return true;
  }

  function turn(): boolean | Promise<boolean> {
    const until = performance.now() + sliceMs;
    const expired = () => performance.now() >= until;
    const urgent = work.live.pop();
    const isLive = urgent !== undefined;
    if (!isLive && search.active) return searchOn(expired);
    const target = urgent ?? (work.cancelled ? undefined : backlog.current());
    if (target === undefined) return false;
    try {
      const result = read(target, expired);
      if (!(result instanceof Promise)) finish(target, result, isLive);
      else return settle(result, target, isLive);
    } catch (error) {
      failed(target, error, isLive);
    }
    return true;
  }

  async function settle(result: Promise<Step>, target: Target, isLive: boolean): Promise<boolean> {
    try {
      finish(target, await result, isLive);
    } catch (error) {
      failed(target, error, isLive);
    }
    return true;
  }

  return turn;
}

/** Drops what was read from a file, if the file is still there to be read again. */
function forget(target: Target, { writer, onChange }: ReadingOptions): void {
  if (!existsSync(target.path)) return;
  const change = writer.transaction(() => {
    const row = writer.files.byPath(target.path);
    if (row === null || row.gone) return null;
    const forgotten = { earliest: writer.files.forget(row.id), calls: 0, rebuilt: false };
    writer.changes.record(forgotten);
    return forgotten;
  });
  if (change !== null) onChange(change);
}
