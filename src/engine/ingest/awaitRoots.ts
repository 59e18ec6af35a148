import { existsSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { dirname } from 'node:path';

export interface RootWait {
  /** Looks which roots are still missing and waits for them; calls back for those that have come. */
  look(): void;
  dispose(): void;
}

/**
 * Waits for folders that an agent makes at its first run, by watching the nearest folder above each that is there. Never
 * recursive: that folder may be the user's home.
 */
export function createRootWait(paths: readonly string[], onAppeared: (path: string) => void): RootWait {
  const missing = new Set(paths.filter((path) => !existsSync(path)));
  const watchers = new Map<string, FSWatcher>();

  const look = (): void => {
    const wanted = new Set<string>();
    for (const path of missing) {
      if (existsSync(path)) {
        missing.delete(path);
        onAppeared(path);
      } else wanted.add(nearest(path));
    }
    for (const [folder, watcher] of watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    let fresh = false;
    for (const folder of wanted) if (!watchers.has(folder)) fresh = open(folder) || fresh;
    // What was made between looking and watching told nobody.
    if (fresh) look();
  };
  const open = (folder: string): boolean => {
    try {
      const watcher = watch(folder, { recursive: false }, () => look());
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
      });
      watchers.set(folder, watcher);
      return true;
    } catch {
      // The sweep looks for missing roots as well.
      return false;
    }
  };
  return {
    look,
    dispose: () => {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function nearest(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder) || dirname(folder) === folder) return folder;
  }
}
