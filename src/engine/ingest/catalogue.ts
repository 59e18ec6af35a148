import { dirname } from 'node:path';
import type { HostFacts, Source } from '../../core/sources/source.ts';
import type { FileStamp } from '../ledger/files.ts';
import type { Place } from './discover.ts';
import type { Target } from './target.ts';

/** A folder that one source searches from the top. */
export interface Root {
  readonly path: string;
  readonly source: Source;
  /** Of a home that is not this machine's own: its changes may not be told, so it is only polled. */
  readonly foreign: boolean;
}

export interface KnownFile {
  readonly target: Target;
  stamp: FileStamp;
}

export interface KnownFolder {
  readonly place: Place;
  readonly source: Source;
  readonly foreign: boolean;
  mtime: number;
}

/** What has been found on disk since this process started. */
export interface Catalogue {
  readonly roots: readonly Root[];
  readonly files: Map<string, KnownFile>;
  readonly folders: Map<string, KnownFolder>;
}

export function createCatalogue(homes: readonly HostFacts[], sources: readonly Source[]): Catalogue {
  const roots = homes.flatMap((home, index) =>
    sources.flatMap((source) => source.roots(home).map((path) => ({ path, source, foreign: index > 0 }))),
  );
  return { roots, files: new Map(), folders: new Map() };
}

/** The nearest known folder above a path. */
export function folderAbove(catalogue: Catalogue, path: string): KnownFolder | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const known = catalogue.folders.get(folder);
    if (known !== undefined) return known;
    if (dirname(folder) === folder) return null;
  }
}
