import { performance } from 'node:perf_hooks';
import type { Source } from '../../core/sources/source.ts';
import type { Scan } from '../../core/snapshot.ts';
import type { FileStamp } from '../ledger/files.ts';
import { createBacklog } from './backlog.ts';
import type { Place } from './discover.ts';
import { createLoop } from './loop.ts';
import { createSearch } from './search.ts';
import type { Target } from './target.ts';
import { createTurn } from './turn.ts';
import type { ReadingOptions, Work } from './turn.ts';

/** So long after a live record someone is at work, and the machine's time is theirs before it is the backlog's. */
const busyForMs = 2000;
/** Rest between two slices of the backlog meanwhile. */
const restMs = 4;

/** The one loop that reads: live records first, then the search for files, then the backlog. */
export interface Reading {
  /** Reads a file before anything else, in this very turn when the loop is idle. */
  soon(target: Target): void;
  /** Searches every root for files that are new or have changed. */
  searchAll(): void;
  /** Searches one folder; files that changed since `liveSince` (ms since the epoch) are read at once. */
  search(place: Place, source: Source, foreign: boolean, liveSince: number): void;
  /** Reads every known file again from its start. */
  rebuild(): void;
  cancel(): void;
  resume(): void;
  /** Drops all work; `searchAll` begins anew. */
  stop(): void;
  settled(): Promise<void>;
  readonly scan: Scan;
}

export function createReading(options: ReadingOptions): Reading {
  const { writer, catalogue } = options;
  const backlog = createBacklog();
  const forgetting = new Set<string>();
  let stopped = false;
  const tell = createScanTeller(options.onScan);
  const scan = (): Scan => {
    if (backlog.waiting === 0) return { state: 'idle', ...backlog.progress };
    return { state: work.cancelled ? 'cancelled' : 'scanning', ...backlog.progress };
  };
  const addToBacklog = (target: Target, stamp: FileStamp) => {
    const done = forgetting.has(target.path) ? 0 : (writer.files.byPath(target.path)?.offset ?? 0);
    backlog.add(target, stamp, Math.max(0, stamp.size - done));
  };
  const search = createSearch({
    ...options,
    onFile: (target, stamp, isLive) => {
      if (isLive) work.live.push(target);
      else addToBacklog(target, stamp);
    },
  });

  const work: Work = { live: [], search, backlog, cancelled: false, forgetting };
  let lastLive = -Infinity;
  const loop = createLoop({
    turn: createTurn(options, work, soon),
    afterTurn: () => tell(scan()),
    rest: () => (performance.now() - lastLive < busyForMs ? restMs : 0),
  });

  function soon(target: Target): void {
    if (stopped) return;
    lastLive = performance.now();
    if (!work.live.includes(target)) work.live.push(target);
    loop.run();
  }

  return {
    soon,
    searchAll: () => {
      stopped = false;
      search.everywhere();
      loop.run();
    },
    search: (...args) => {
      search.in(...args);
      loop.run();
    },
    rebuild: () => {
      work.cancelled = false;
      backlog.clear();
      for (const path of catalogue.files.keys()) forgetting.add(path);
      for (const { target, stamp } of catalogue.files.values()) addToBacklog(target, stamp);
      loop.run();
    },
    cancel: () => {
      work.cancelled = true;
      tell(scan());
    },
    resume: () => {
      work.cancelled = false;
      loop.run();
    },
    stop: () => {
      stopped = true;
      work.live = [];
      forgetting.clear();
      search.clear();
      backlog.clear();
    },
    settled: () => loop.settled(),
    get scan() {
      return scan();
    },
  };
}

/** Tells of a scan only when it is another than the last one told. */
export function createScanTeller(onScan: (scan: Scan) => void): (scan: Scan) => void {
  let told = '';
  return (scan) => {
    const text = JSON.stringify(scan);
    if (text !== told) onScan(scan);
    told = text;
  };
}
