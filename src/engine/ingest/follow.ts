import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LogLevel } from '../../core/protocol.ts';
import type { Source } from '../../core/sources/source.ts';
import { createRootWait } from './awaitRoots.ts';
import type { RootWait } from './awaitRoots.ts';
import { folderAbove } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { childOf } from './discover.ts';
import type { Place } from './discover.ts';
import type { Reading } from './reading.ts';
import { createSweep } from './sweep.ts';
import { stampOf } from './target.ts';
import { createFolderWatch } from './watch.ts';
import type { FolderWatch } from './watch.ts';

const sweepEveryMs = 5000;
const sweepBudgetMs = 4;
/** Files younger than this when their folder is searched again are read before the backlog. */
const liveMs = 60_000;
/** Folders of the upper two levels are watched however old, deeper ones while they are in use. */
const watchedMs = 14 * 24 * 60 * 60 * 1000;

export interface Follower {
  start(): void;
  stop(): void;
  /** A search is about to list this folder. */
  met(place: Place, source: Source, mtime: number, foreign: boolean): void;
}

export interface FollowerOptions {
  readonly catalogue: Catalogue;
  readonly reading: Pick<Reading, 'soon' | 'search'>;
  readonly now: () => number;
  readonly log: (level: LogLevel, message: string) => void;
}

/** Notices what changes on disk, by watch and by poll, and has it read. */
export function createFollower(options: FollowerOptions): Follower {
  const { catalogue, reading, now, log } = options;
  let folderWatch: FolderWatch | null = null;
  let rootWait: RootWait | null = null;
  let timer: NodeJS.Timeout | undefined;

  function search(place: Place, source: Source, foreign: boolean): void {
    reading.search(place, source, foreign, now() - liveMs);
  }

  /** Something happened to this path. */
  function changed(path: string): void {
    const file = catalogue.files.get(path);
    if (file !== undefined) {
      const stamp = stampAt(path);
      if (stamp === null) catalogue.files.delete(path);
      else file.stamp = stamp;
      folderWatch?.add(dirname(path), false);
      return reading.soon(file.target);
    }
    const root = catalogue.roots.find((r) => r.path === path);
    const folder = catalogue.folders.get(path) ?? (root && { ...root, place: { path, below: '' } });
    if (folder !== undefined) changedFolder(path, folder.place, folder.source, folder.foreign);
    else appeared(path);
  }

  function changedFolder(path: string, place: Place, source: Source, foreign: boolean): void {
    if (stampAt(path) !== null) return search(place, source, foreign);
    catalogue.folders.delete(path);
    folderWatch?.remove(path);
  }

  function appeared(path: string): void {
    const above = folderAbove(catalogue, path);
    if (above === null) return;
    // With a recursive watch the news may come from below a folder that is not known itself.
    const name = path.slice(above.place.path.length + 1).split(/[/\\]/)[0] ?? '';
    const place = {
      path: path.slice(0, above.place.path.length + 1 + name.length),
      below: childOf(above.place.below, name),
    };
    const stat = statSync(place.path, { bigint: true, throwIfNoEntry: false });
    if (stat?.isDirectory() === true) return search(place, above.source, above.foreign);
    if (stat?.isFile() !== true || !above.source.accepts(place.below)) return;
    const target = { ...place, source: above.source };
    catalogue.files.set(place.path, { target, stamp: stampOf(stat) });
    reading.soon(target);
  }

  const sweep = createSweep({ catalogue, onDifference: changed });
  const guarded = (path: string) => {
    try {
      changed(path);
    } catch (error) {
      log('debug', `${path}: ${error instanceof Error ? error.message : 'unknown error'}`);
    }
  };
  return {
    start: () => {
      folderWatch = createFolderWatch(guarded, (code) => {
        log('warn', `Folders cannot all be watched (${code}); records there are found by polling.`);
      });
      rootWait = createRootWait(
        catalogue.roots.filter((root) => !root.foreign).map((root) => root.path),
        guarded,
      );
      rootWait.look();
      timer = setInterval(() => sweep.look(now(), sweepBudgetMs), sweepEveryMs);
    },
    stop: () => {
      clearInterval(timer);
      folderWatch?.dispose();
      rootWait?.dispose();
      folderWatch = null;
      rootWait = null;
    },
    met: (place, source, mtime, foreign) => {
      catalogue.folders.set(place.path, { place, source, foreign, mtime });
      const shallow = !place.below.includes('/');
      if (!foreign && (shallow || now() - mtime < watchedMs)) folderWatch?.add(place.path, shallow);
    },
  };
}

function stampAt(path: string): ReturnType<typeof stampOf> | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : stampOf(stat);
}
