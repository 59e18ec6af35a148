import { createReadStream, statSync } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { Change } from '../ledger/changes.ts';
import { join } from '../ledger/changes.ts';
import type { FileRow, FileStamp, NewPosition } from '../ledger/files.ts';
import type { LedgerWriter } from '../ledger/write.ts';
import { claimRow, isUnchanged } from './claimRow.ts';
import { createCollector, maxLineBytes } from './collect.ts';
import type { Collector } from './collect.ts';
import { fingerprint } from './fingerprint.ts';
import { createLineScanner } from './lines.ts';
import { setGone, setUnreadable } from './readFile.ts';
import type { Step } from './readFile.ts';
import { codeOf, isGone, problemText, stampOf, withFile } from './target.ts';
import type { Target } from './target.ts';

export const compressedEnding = '.zst';

/**
 * Reads a zstd-compressed record file whole, again whenever it has changed: a place inside it cannot be sought. Offsets
 * of its calls are those of the uncompressed text. Commits every `maxFacts` facts, the position only at the end.
 */
export async function readCompressed(writer: LedgerWriter, target: Target, maxFacts: number): Promise<Step> {
  try {
    const stamp = stampOf(statSync(target.path, { bigint: true }));
    if (isUnchanged(writer.files.byPath(target.path), stamp)) return { state: 'end', change: null, bytes: 0 };
    const row = withFile(target.path, (fd) => claimRow(writer, target, fd, stamp));
    if (row === null || row.offset === stamp.size) return { state: 'end', change: null, bytes: 0 };
    return await readWhole(writer, target, row, stamp, maxFacts);
  } catch (error) {
    if (isGone(error)) return setGone(writer, target);
    const code = codeOf(error);
    if (code.startsWith('ZSTD')) return setUnreadable(writer, target, 'cannot be decompressed');
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return setUnreadable(writer, target, problemText(error));
  }
}

async function readWhole(
  writer: LedgerWriter,
  target: Target,
  row: FileRow,
  stamp: FileStamp,
  maxFacts: number,
): Promise<Step> {
  const collector = createCollector(target, null);
  const markers = target.source.markers.map((marker) => Buffer.from(marker));
  const scanner = createLineScanner({ offset: 0, line: 0, markers, maxLine: maxLineBytes }, collector.sink);
  const changes: Change[] = [];
  let moved = false;
  const commit = (to: NewPosition) => {
    const change = writer.write({ file: row, agent: target.source.id, facts: takeAll(collector), to });
    if (change === 'moved') moved = true;
    else changes.push(change);
  };
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      scanner.push(chunk);
      if (collector.facts.length >= maxFacts && !moved) commit({ ...row, ...stamp, mtime: 0 });
      setImmediate(done);
    },
  });
  await pipeline(createReadStream(target.path), createZstdDecompress(), sink);
  scanner.takeLast();
  const head = withFile(target.path, (fd) => fingerprint(fd, stamp.size)) ?? '';
  if (!moved) commit({ ...stamp, offset: stamp.size, line: scanner.line, head, state: null });
  return { state: moved ? 'more' : 'end', change: changes.length === 0 ? null : join(changes), bytes: stamp.size };
}

function takeAll(collector: Collector): Collector['facts'] {
  return collector.facts.splice(0);
}
