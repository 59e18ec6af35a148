import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf } from './target.ts';

export interface FolderWatch {
  /** Watches a folder; below it too where the system does that at the cost of one watch. */
  add(folder: string): void;
  /** For a folder that is gone: one made anew in its place needs a new watch. */
  remove(folder: string): void;
  dispose(): void;
}

/** More folders than this are left to the poll: inotify watches are a limited good of the whole machine. */
const maxWatches = 2000;
const recursive = process.platform === 'darwin' || process.platform === 'win32';

/**
 * Calls `onEvent` with the path of whatever changed in a watched folder, or with the folder itself when the system does
 * not say what. A folder that cannot be watched is left to the poll, told once.
 */
export function createFolderWatch(onEvent: (path: string) => void, onRefused: (code: string) => void): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  let refused = false;
  const covered = (folder: string): boolean => {
    if (watchers.has(folder)) return true;
    const parent = dirname(folder);
    return recursive && parent !== folder && covered(parent);
  };
  const drop = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const refuse = (error: unknown) => {
    if (!refused) onRefused(codeOf(error));
    refused = true;
  };
  return {
    add: (folder) => {
      if (watchers.size >= maxWatches || covered(folder)) return;
      try {
        const watcher = watch(folder, { recursive }, (_type, name) =>
          onEvent(name === null ? folder : join(folder, name)),
        );
        // Also how a deleted folder ends its watch; it may be made anew.
        watcher.on('error', () => drop(folder));
        watchers.set(folder, watcher);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') refuse(error);
      }
    },
    remove: drop,
    dispose: () => {
      for (const folder of watchers.keys()) drop(folder);
    },
  };
}
