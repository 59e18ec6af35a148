import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { sources } from '../core/sources/index.ts';

// A session's title is the user's own text, so the ledger never holds it: it is read from the agent's file for the
// sessions on screen and kept only in memory.

const span = 256 * 1024;
const remembered = 500;

export type ReadTitle = (agent: string, file: string) => Promise<string | null>;

/** A reader with a small memory of its own; null when the file is gone or names nothing. Never rejects. */
export function createTitleReader(): ReadTitle {
  const known = new Map<string, { readonly stamp: string; readonly title: string | null }>();
  return async (agent, path) => {
    const source = sources.find(({ id }) => id === agent);
    if (!source) return null;
    let file: FileHandle | null = null;
    try {
      file = await open(path, 'r');
      const { size, mtimeMs } = await file.stat();
      const stamp = `${size}:${mtimeMs}`;
      const entry = known.get(path);
      known.delete(path);
      const title = entry?.stamp === stamp ? entry.title : source.title((await ends(file, size)).split('\n'));
      known.set(path, { stamp, title });
      const eldest = known.size > remembered ? known.keys().next().value : undefined;
      if (eldest !== undefined) known.delete(eldest);
      return title;
    } catch {
      return null;
    } finally {
      await file?.close().catch(() => undefined);
    }
  };
}

/** The file's first and last stretch: titles are appended late, the first prompt stands early. */
async function ends(file: FileHandle, size: number): Promise<string> {
  const head = await stretch(file, 0, Math.min(size, span));
  if (size <= span) return head;
  const from = Math.max(span, size - span);
  return `${head}\n${await stretch(file, from, size - from)}`;
}

async function stretch(file: FileHandle, from: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.toString('utf8', 0, bytesRead);
}
