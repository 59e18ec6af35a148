import { existsSync } from 'node:fs';
import type { FileRow, FileRows, FileStamp } from '../ledger/files.ts';
import type { LedgerWriter } from '../ledger/write.ts';
import { fingerprint } from './fingerprint.ts';
import type { Target } from './target.ts';

/**
 * The ledger's row of an open file: its own when it has only grown, that of the file it was moved from, else a new one
 * at its start. The row of a file that was truncated or replaced becomes a gone one, so that its calls stay; what the
 * new content repeats is recognised by its ids.
 */
export function claimRow(writer: LedgerWriter, target: Target, fd: number, stamp: FileStamp): FileRow {
  const continues = (row: FileRow) => stamp.size >= row.offset && fingerprint(fd, row.offset) === row.head;
  const known = writer.files.byPath(target.path);
  if (known !== null && !known.gone && known.mtime !== -1 && continues(known)) return known;
  return writer.transaction(() => claim(writer.files, target, stamp, continues));
}

function claim(files: FileRows, target: Target, stamp: FileStamp, continues: (row: FileRow) => boolean): FileRow {
  files.setReadable(target.path);
  const row = files.byPath(target.path);
  if (row !== null && continues(row)) {
    if (row.gone) files.setGone(row.id, false);
    return { ...row, gone: false };
  }
  if (row !== null && !row.gone) files.setGone(row.id, true);
  const moved = files
    .byIdentity(target.source.id, stamp.identity)
    .find((other) => other.offset > 0 && (other.gone || !existsSync(other.path)) && continues(other));
  if (moved === undefined) return files.create(target.path, target.source.id, stamp);
  files.rename(moved.id, target.path);
  return { ...moved, path: target.path, gone: false };
}

/** Whether a file is as it was when it was last read to its end. */
export function isUnchanged(row: FileRow | null, stamp: FileStamp): boolean {
  return (
    row !== null &&
    !row.gone &&
    row.mtime > 0 &&
    row.identity === stamp.identity &&
    row.size === stamp.size &&
    row.mtime === stamp.mtime
  );
}
