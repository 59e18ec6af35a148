import { statSync, watch } from 'node:fs';
import { basename, dirname, extname, relative } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { price } from '../../core/pricing/price.ts';
import type { RateCard } from '../../core/pricing/rateCard.ts';
import type { LogLevel } from '../../core/protocol.ts';
import type { Scan } from '../../core/snapshot.ts';
import type { HostFacts, Source } from '../../core/sources/source.ts';
import { isInside } from '../inside.ts';
import type { Change } from '../ledger/changes.ts';
import { createLease } from '../ledger/lease.ts';
import { createWriter } from '../ledger/write.ts';
import type { LedgerWriter } from '../ledger/write.ts';
import { createProjects } from '../project.ts';
import { createCatalogue } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { createFollower } from './follow.ts';
import { compressedEnding } from './readCompressed.ts';
import { createFileReader } from './readFile.ts';
import { createReading, createScanTeller } from './reading.ts';
import type { Reading } from './reading.ts';
import type { Target } from './target.ts';
import type { ReadingOptions } from './turn.ts';

export type { Change } from '../ledger/changes.ts';

export interface IngestOptions {
  /** The write connection from openLedger. */
  readonly db: DatabaseSync;
  readonly ledgerPath: string;
  readonly sources: readonly Source[];
  /** This machine's own home first; the others are polled, not watched. */
  readonly homes: readonly HostFacts[];
  readonly card: () => RateCard;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** After every commit that touched calls or activity, ours or another process's. */
  readonly onChange: (change: Change) => void;
  readonly onScan: (scan: Scan) => void;
  readonly log: (level: LogLevel, message: string) => void;
  /** The ledger was found damaged while in use: a restart sets it aside and rebuilds it. */
  readonly onDamage?: () => void;
}

export interface Ingest {
  /** Stops reading the backlog; live records are still read. */
  cancelScan(): void;
  resumeScan(): void;
  /** Reads every record again from its start and prices it anew; calls whose records are gone stay. */
  rebuild(): void;
  dispose(): void;
  /** Resolves when nothing is left to read. */
  settled(): Promise<void>;
}

/** How often other processes' commits are looked for where the watch on the ledger's folder does not tell. */
const foreignPollMs = 250;
const leasePollMs = 1000;

/**
 * Reads the agents' records into the ledger and keeps on reading as they grow. Of several engines on one ledger one
 * reads and the others follow; one that falls silent is taken over from.
 */
export function startIngest(options: IngestOptions): Ingest {
  const { db, now, onChange } = options;
  const onScan = createScanTeller(options.onScan);
  const lease = createLease(db, randomUUID());
  const writer = writerFor(options);
  const catalogue = createCatalogue(options.homes, options.sources);
  const reading: Reading = createReading({
    ...readingOptions(options, writer),
    catalogue,
    onScan,
    onFolder: (...found) => follower.met(...found),
  });
  const follower = createFollower({ catalogue, reading, now, log: options.log });
  let holding = false;

  const beat = (force = false) => {
    const had = holding;
    holding = attempt(() => lease.hold(now(), reading.scan, force), had, options);
    if (holding && !had) {
      follower.start();
      reading.searchAll();
    }
    if (!holding && had) {
      follower.stop();
      reading.stop();
    }
    if (!holding) {
      const theirs = scanSchema.safeParse(lease.scan());
      if (theirs.success) onScan(theirs.data);
    }
  };
  const notice = () => {
    const change = attempt(() => writer.changes.foreign(), null, options);
    if (change !== null) onChange(change);
    // The holder may have given the lease back, or told how far its scan is.
    if (!holding) beat();
  };
  const stopWatching = watchLedger(options.ledgerPath, notice);
  const timers = [setInterval(notice, foreignPollMs), setInterval(beat, leasePollMs)];
  beat();
  return {
    // A command is carried out by the window it was given in, whichever engine was reading so far.
    cancelScan: () => {
      beat(true);
      reading.cancel();
    },
    resumeScan: () => {
      beat(true);
      reading.resume();
    },
    rebuild: () => {
      beat(true);
      void reading.settled().then(() => reading.rebuild());
    },
    dispose: () => {
      for (const timer of timers) clearInterval(timer);
      stopWatching();
      follower.stop();
      reading.stop();
      if (holding) attempt(() => lease.release(), undefined, options);
    },
    settled: () => reading.settled(),
  };
}

/** One complete scan without watching, for the CLI. Harmless beside a running engine. */
export async function scanOnce(options: IngestOptions): Promise<void> {
  const writer = writerFor(options);
  const reading = createReading({
    ...readingOptions(options, writer),
    catalogue: createCatalogue(options.homes, options.sources),
    onFolder: () => undefined,
  });
  reading.searchAll();
  await reading.settled();
}

/** A file that changed so lately (ms) is read as soon as it is found. */
const livelyFor = 600_000;

/**
 * Reads what is new until `expired`: the files in `first`, then those that have just changed, then the newest. What is
 * left stays for the next one. For a process that must answer soon.
 */
export async function scanBriefly(
  options: IngestOptions,
  first: readonly string[],
  expired: () => boolean,
): Promise<void> {
  const writer = writerFor(options);
  const catalogue = createCatalogue(options.homes, options.sources);
  const reader = createFileReader(writer);
  const budget = { buffer: Buffer.allocUnsafe(64 * 1024), maxFacts: 1000, expired };
  const targets = first.flatMap((path) => targetOf(catalogue, path) ?? []);
  for (const target of targets) {
    while (reader.step(target, budget).state === 'more' && !expired());
  }
  const reading = createReading({ ...readingOptions(options, writer), catalogue, onFolder: () => undefined });
  // Subagents' files stand in a folder with the name of the session's own.
  for (const { path, below, source } of targets) {
    reading.search({ path: withoutEnding(path), below: withoutEnding(below) }, source, false, 0);
  }
  const since = options.now() - livelyFor;
  for (const { path, source, foreign } of catalogue.roots) reading.search({ path, below: '' }, source, foreign, since);
  while (!expired() && (await Promise.race([reading.settled().then(() => false), rest(5)])));
  reading.stop();
}

function rest(ms: number): Promise<true> {
  return new Promise((resolve) => void setTimeout(resolve, ms, true));
}

/** A file below one of the roots as its reader wants it; null for compressed ones, which take their time, and others. */
function targetOf({ roots }: Catalogue, path: string): Target | null {
  const root = roots.find((r) => isInside(path, r.path));
  const below = root === undefined ? '' : relative(root.path, path).replaceAll('\\', '/');
  if (root?.source.accepts(below) !== true || path.endsWith(compressedEnding)) return null;
  return { path, below, source: root.source };
}

function withoutEnding(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}

const scanSchema: z.ZodType<Scan> = z.object({
  state: z.enum(['idle', 'scanning', 'cancelled']),
  filesDone: z.number(),
  filesTotal: z.number(),
  bytesDone: z.number(),
  bytesTotal: z.number(),
});

function writerFor(options: IngestOptions): LedgerWriter {
  return createWriter(options.db, {
    price: (event) => price(event, options.card()),
    projectOf: createProjects(),
  });
}

function readingOptions(options: IngestOptions, writer: LedgerWriter): Omit<ReadingOptions, 'catalogue' | 'onFolder'> {
  return {
    writer,
    onChange: options.onChange,
    onScan: options.onScan,
    onError: (message, damaged) => {
      options.log('error', message);
      if (damaged) options.onDamage?.();
    },
  };
}

/** A ledger that is busy or unreadable for a moment must not end the timers' turns. */
function attempt<T>(work: () => T, otherwise: T, options: IngestOptions): T {
  try {
    return work();
  } catch (error) {
    options.log('warn', `The ledger did not answer: ${error instanceof Error ? error.message : 'unknown error'}`);
    return otherwise;
  }
}

/** Calls back when another process may have written to the ledger. */
function watchLedger(path: string, onWrite: () => void): () => void {
  const names = new Set([basename(path), `${basename(path)}-wal`]);
  try {
    statSync(path);
    const watcher = watch(dirname(path), (_type, name) => {
      if (name === null || names.has(name)) onWrite();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    // The poll alone will do.
    return () => undefined;
  }
}
