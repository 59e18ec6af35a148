import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf } from './target.ts';

export interface FolderWatch {
  /**
   * Watches a folder; below it too where the system does that at the cost of one watch. At the limit the folder that was
   * added longest ago makes room, unless it is `lasting`: what is written now matters more than what was once.
   */
  add(folder: string, lasting: boolean): void;
  /** For a folder that is gone: one made anew in its place needs a new watch. */
  remove(folder: string): void;
  dispose(): void;
}

/** More folders than this are left to the poll: inotify watches are a limited good of the whole machine. */
const maxWatches = 2000;
const recursive = process.platform === 'darwin' || process.platform === 'win32';

interface Watched {
  readonly watcher: FSWatcher;
  readonly lasting: boolean;
}

/**
 * Calls `onEvent` with the path of whatever changed in a watched folder, or with the folder itself when the system does
 * not say what. A folder that cannot be watched is left to the poll, told once.
 */
export function createFolderWatch(
  onEvent: (path: string) => void,
  onRefused: (code: string) => void,
  atMost = maxWatches,
): FolderWatch {
  // In the order they were added last.
  const watched = new Map<string, Watched>();
  let refused = false;
  const covered = (folder: string): boolean => {
    if (watched.has(folder)) return true;
    const parent = dirname(folder);
    return recursive && parent !== folder && covered(parent);
  };
  const drop = (folder: string) => {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  };
  const refuse = (error: unknown) => {
    if (!refused) onRefused(codeOf(error));
    refused = true;
  };
  const makeRoom = (): boolean => {
    if (watched.size < atMost) return true;
    for (const [folder, { lasting }] of watched) {
      if (lasting) continue;
      drop(folder);
      return true;
    }
    return false;
  };
  const open = (folder: string, lasting: boolean) => {
    const watcher = watch(folder, { recursive }, (_type, name) => onEvent(name === null ? folder : join(folder, name)));
    // Also how a deleted folder ends its watch; it may be made anew.
    watcher.on('error', () => drop(folder));
    watched.set(folder, { watcher, lasting });
  };
  return {
    add: (folder, lasting) => {
      const known = watched.get(folder);
      if (known !== undefined) {
        watched.delete(folder);
        watched.set(folder, known);
        return;
      }
      if (covered(folder) || !makeRoom()) return;
      try {
        open(folder, lasting);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') refuse(error);
      }
    },
    remove: drop,
    dispose: () => {
      for (const folder of watched.keys()) drop(folder);
    },
  };
}
