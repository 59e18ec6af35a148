import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Charge } from '../../src/core/pricing/charge.ts';
import type { UsageEvent } from '../../src/core/usage.ts';
import { createFileReader } from '../../src/engine/ingest/readFile.ts';
import type { Budget, FileReader } from '../../src/engine/ingest/readFile.ts';
import type { Target } from '../../src/engine/ingest/target.ts';
import { openLedger } from '../../src/engine/ledger/open.ts';
import { createWriter } from '../../src/engine/ledger/write.ts';
import type { LedgerWriter } from '../../src/engine/ledger/write.ts';
import { createPlainSource } from './plainSource.ts';

/** One pico-dollar a token and no rate table: the ledger's tests are not about prices. */
export function priceByToken(event: UsageEvent): Charge {
  const parts = event.parts.map((part) => {
    const t = part.tokens;
    const components = {
      input: BigInt(t.input),
      cacheRead: BigInt(t.cacheRead),
      cacheWrite5m: BigInt(t.cacheWrite5m),
      cacheWrite1h: BigInt(t.cacheWrite1h),
      output: BigInt(t.output),
      fees: 0n,
    };
    return { ...part, rate: null, components, cost: Object.values(components).reduce((sum, n) => sum + n, 0n) };
  });
  return { event, parts };
}

export function tempFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'burn-meter-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Bench {
  readonly folder: string;
  readonly ledger: string;
  readonly db: DatabaseSync;
  readonly writer: LedgerWriter;
  readonly reader: FileReader;
  target(name: string): Target;
  /** Reads a file to its end as the engine would, in chunks of this many bytes. */
  read(name: string, chunk?: number, maxLine?: number): void;
  rows(sql: string): readonly Record<string, unknown>[];
  /** Each row's values with a space between, to compare at a glance. */
  list(sql: string): readonly string[];
  close(): void;
}

/** A ledger, a folder of plain records, and a reader driven by hand: no watch, no timers. */
export function createBench(): Bench {
  const temp = tempFolder();
  const ledger = join(temp.path, 'data', 'ledger.db');
  const { db } = openLedger(ledger);
  const writer = createWriter(db, { price: priceByToken, projectOf: (cwd) => cwd });
  const reader = createFileReader(writer);
  const source = createPlainSource(temp.path);
  const target = (name: string): Target => ({ path: join(temp.path, name), below: name, source });
  return {
    folder: temp.path,
    ledger,
    db,
    writer,
    reader,
    target,
    read: (name, chunk = 4096, maxLine) => readToEnd(reader, target(name), chunk, maxLine),
    rows: (sql) => db.prepare(sql).all(),
    list: (sql) => db.prepare(sql).all().map(rowText),
    close: () => {
      db.close();
      temp.remove();
    },
  };
}

/** A row's values with a space between. */
export function rowText(row: Record<string, unknown>): string {
  return Object.values(row).map(String).join(' ');
}

export function readToEnd(reader: FileReader, target: Target, chunk: number, maxLine?: number): void {
  const limit = maxLine === undefined ? {} : { maxLine };
  const budget: Budget = { buffer: Buffer.alloc(chunk), maxFacts: 3, expired: () => false, ...limit };
  while (reader.step(target, budget).state === 'more');
}
