import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sources } from '../../src/core/sources/index.ts';
import type { Source } from '../../src/core/sources/source.ts';
import type { Fact } from '../../src/core/usage.ts';
import { foldFacts } from './foldFacts.ts';
import type { Folded } from './foldFacts.ts';

export interface RecordFile {
  readonly source: Source;
  readonly path: string;
  /** Below its root, with `/`. */
  readonly below: string;
}

/** Every record file of a Linux home, by the sources' own discovery, in path order. */
export function recordFiles(home: string): readonly RecordFile[] {
  return sources.flatMap((source) =>
    source.roots({ platform: 'linux', home, env: {} }).flatMap((root) =>
      (existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : [])
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => ({ source, path, below: relative(root, path).split('\\').join('/') }))
        .filter(({ below }) => source.accepts(below))
        .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    ),
  );
}

/** A file's whole lines that its source wants to see; what follows the last line break is still being written. */
export function markedLines({ source, path }: RecordFile): readonly string[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.filter((line) => source.markers.some((marker) => line.includes(marker)));
}

export function readFile(file: RecordFile): readonly Fact[] {
  const parser = file.source.createParser({ path: file.below }, null);
  return markedLines(file).flatMap((line) => parser.read(line));
}

/** All that a home's records say, each call once. */
export function readHome(home: string, files = recordFiles(home)): Folded {
  return foldFacts(files.flatMap(readFile));
}
