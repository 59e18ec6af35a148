import { existsSync } from 'node:fs';
import type { Source } from '../../core/sources/source.ts';
import type { FileStamp } from '../ledger/files.ts';
import type { LedgerWriter } from '../ledger/write.ts';
import type { Catalogue } from './catalogue.ts';
import { isUnchanged } from './claimRow.ts';
import { discover } from './discover.ts';
import type { Discovery, Place } from './discover.ts';
import type { Target } from './target.ts';

export interface SearchOptions {
  readonly writer: LedgerWriter;
  readonly catalogue: Catalogue;
  /** A file that is new or has changed. */
  readonly onFile: (target: Target, stamp: FileStamp, live: boolean) => void;
  /** A folder that is about to be listed. */
  readonly onFolder: (place: Place, source: Source, mtime: number, foreign: boolean) => void;
}

/** The search for record files, in slices. */
export interface Search {
  /** Every root; then what the ledger has but the disk has not. */
  everywhere(): void;
  /** One folder and below; files that changed since `liveSince` (ms since the epoch) are live. */
  in(place: Place, source: Source, foreign: boolean, liveSince: number): void;
  /** Goes on until `expired`. */
  go(expired: () => boolean): void;
  clear(): void;
  readonly active: boolean;
}

type Found = Discovery | { readonly kind: 'gone'; readonly id: number };

interface Job {
  readonly found: Iterator<Found>;
  readonly foreign: boolean;
  readonly liveSince: number;
}

export function createSearch(options: SearchOptions): Search {
  const { writer, catalogue } = options;
  let jobs: Job[] = [];
  return {
    everywhere: () => {
      const visited = new Map(catalogue.roots.map(({ source }) => [source, new Set<string>()]));
      const never = Number.POSITIVE_INFINITY;
      for (const { path, source, foreign } of catalogue.roots) {
        const found = discover({ path, below: '' }, source, visited.get(source) ?? new Set());
        jobs.push({ found, foreign, liveSince: never });
      }
      jobs.push({ found: findGone(writer, catalogue, [...visited.keys()]), foreign: false, liveSince: never });
    },
    in: (place, source, foreign, liveSince) => {
      jobs.push({ found: discover(place, source, new Set()), foreign, liveSince });
    },
    go: (expired) => {
      for (let job = jobs[0]; job !== undefined; job = jobs[0]) {
        const next = job.found.next();
        if (next.done === true) jobs.shift();
        else meet(next.value, job, options);
        if (expired()) return;
      }
    },
    clear: () => {
      jobs = [];
    },
    get active() {
      return jobs.length > 0;
    },
  };
}

function* findGone(writer: LedgerWriter, catalogue: Catalogue, sources: readonly Source[]): Generator<Found> {
  for (const source of sources) {
    for (const row of writer.files.living(source.id)) {
      if (!catalogue.files.has(row.path) && !existsSync(row.path)) yield { kind: 'gone', id: row.id };
    }
  }
}

function meet(found: Found, job: Job, { writer, catalogue, onFile, onFolder }: SearchOptions): void {
  const { files } = writer;
  switch (found.kind) {
    case 'file': {
      const { target, stamp } = found;
      catalogue.files.set(target.path, { target, stamp });
      if (!isUnchanged(files.byPath(target.path), stamp)) onFile(target, stamp, stamp.mtime >= job.liveSince);
      return;
    }
    case 'folder': {
      const { place, source, mtime } = found;
      if (files.byPath(place.path) !== null) writer.transaction(() => files.setReadable(place.path));
      return onFolder(place, source, mtime, job.foreign);
    }
    case 'problem':
      return writer.transaction(() => files.setUnreadable(found.path, found.source.id, found.reason));
    case 'gone':
      return writer.transaction(() => files.setGone(found.id, true));
  }
}
