import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** The file's text, null when there is none that can be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Puts a text in a file's place, whole or not at all: others may read it, or run it, at this moment. Throws. */
export function writeWhole(path: string, text: string, mode: number): void {
  const draft = `${path}.${process.pid}.draft`;
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, text, { mode, flush: true });
    chmodSync(draft, mode);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}
