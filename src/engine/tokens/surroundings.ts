import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Surroundings } from '../../core/sources/answers.ts';

/** Bytes read on either side of a call's line: an answer's blocks stand close together. */
const span = 128 * 1024;

/** The whole lines around the one that begins at byte `offset`; null when they cannot be read. Never rejects. */
export async function readSurroundings(path: string, offset: number): Promise<Surroundings | null> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const from = Math.max(0, offset - span);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(offset - from + span), 0, null, from);
    const toEnd = bytesRead < buffer.length;
    const before = wholeLines(buffer.toString('utf8', 0, offset - from));
    const [own, ...after] = wholeLines(buffer.toString('utf8', offset - from, bytesRead));
    if (own === undefined) return null;
    // What stands before the first line break may be a line's second half.
    return { before: from === 0 ? before : before.slice(1), own, after, fromStart: from === 0, toEnd };
  } catch {
    return null;
  } finally {
    await file?.close().catch(() => undefined);
  }
}

/** What follows the last line break is cut, or is still being written. */
function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
