import { existsSync, readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '../../core/sources/source.ts';
import type { FileStamp } from '../ledger/files.ts';
import { compressedEnding } from './readCompressed.ts';
import { isGone, problemText, stampOf } from './target.ts';
import type { Target } from './target.ts';

export type Discovery =
  | { readonly kind: 'file'; readonly target: Target; readonly stamp: FileStamp }
  /** Told before it is listed, so that it can be watched first and nothing falls between. */
  | { readonly kind: 'folder'; readonly place: Place; readonly source: Source; readonly mtime: number }
  | { readonly kind: 'problem'; readonly path: string; readonly source: Source; readonly reason: string };

/** A folder to search: `below` is its path under the root, with `/`. */
export interface Place {
  readonly path: string;
  readonly below: string;
}

/** Deeper folders are not searched; agents nest five deep. */
const maxDepth = 16;

/**
 * Finds a source's record files in a folder and below. Links are followed, but no folder is entered twice; `visited`
 * holds those of earlier searches. Sockets and devices are passed over.
 */
export function* discover(start: Place, source: Source, visited: Set<string>): Generator<Discovery> {
  const pending: (Place & { readonly depth: number })[] = [{ ...start, depth: 0 }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    try {
      const stamp = stampOf(statSync(folder.path, { bigint: true }));
      if (visited.has(stamp.identity)) continue;
      visited.add(stamp.identity);
      yield { kind: 'folder', place: { path: folder.path, below: folder.below }, source, mtime: stamp.mtime };
      for (const entry of readdirSync(folder.path, { withFileTypes: true })) {
        const place = { path: join(folder.path, entry.name), below: childOf(folder.below, entry.name) };
        const found = look(place, entry, source);
        if (found === 'folder' && folder.depth < maxDepth) pending.push({ ...place, depth: folder.depth + 1 });
        if (found !== null && found !== 'folder') yield found;
      }
    } catch (error) {
      if (!isGone(error)) yield { kind: 'problem', path: folder.path, source, reason: problemText(error) };
    }
  }
}

export function childOf(below: string, name: string): string {
  return below === '' ? name : `${below}/${name}`;
}

function look(place: Place, entry: Dirent, source: Source): Discovery | 'folder' | null {
  if (entry.isDirectory()) return 'folder';
  const accepted = source.accepts(place.below);
  // Some file systems do not tell an entry's type, and a link's must be asked for.
  const plain = entry.isFile();
  if (plain && !accepted) return null;
  if (!plain && (entry.isSocket() || entry.isFIFO() || entry.isBlockDevice() || entry.isCharacterDevice())) return null;
  try {
    const stat = statSync(place.path, { bigint: true });
    if (stat.isDirectory()) return 'folder';
    if (!accepted || !stat.isFile() || hasPlainTwin(place.path)) return null;
    return { kind: 'file', target: { ...place, source }, stamp: stampOf(stat) };
  } catch (error) {
    return isGone(error) ? null : { kind: 'problem', path: place.path, source, reason: problemText(error) };
  }
}

/** While an agent compresses a file both stand side by side for a moment: the plain one is read. */
function hasPlainTwin(path: string): boolean {
  return path.endsWith(compressedEnding) && existsSync(path.slice(0, -compressedEnding.length));
}
