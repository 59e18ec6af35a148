import { realpathSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { isInside } from '../inside.ts';
import type { WindowState } from './endpoints.ts';

/**
 * The window that answers for a session in a working folder: the one whose folder holds it most closely, else the
 * focused one, else none. Of equals the focused one, then the earlier in `windows`.
 */
export function windowFor<T extends WindowState>(windows: readonly T[], cwd: string | null): T | null {
  const places = cwd === null || !isAbsolute(cwd) ? [] : [...new Set([cwd, realPath(cwd)])];
  const focusedFirst = windows.toSorted((a, b) => Number(b.focused) - Number(a.focused));
  let [best, depth] = [focusedFirst.find(({ focused }) => focused) ?? null, 0];
  for (const window of focusedFirst) {
    const closest = Math.max(...window.folders.map((folder) => depthOf(folder, places)), 0);
    if (closest > depth) [best, depth] = [window, closest];
  }
  return best;
}

/** How closely a folder holds one of the places, in characters of its path; 0 when it does not. */
function depthOf(folder: string, places: readonly string[]): number {
  return [folder, realPath(folder)].some((path) => places.some((place) => isInside(place, path))) ? folder.length : 0;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
