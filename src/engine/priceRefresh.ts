import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { slimTable, upstreamUrl } from '../core/pricing/slim.ts';
import { rateTableSchema } from '../core/pricing/table.ts';
import type { RateTable } from '../core/pricing/table.ts';

// Newer prices, only for users who turned it on. Whatever goes wrong leaves the table in force where it is.

const storedSchema = z.strictObject({ fetchedAt: z.number(), table: rateTableSchema });
/** A fetched table and when it was fetched (ms since the epoch). */
export type StoredPrices = z.infer<typeof storedSchema>;

const day = 86_400_000;
/** The published file is a quarter of a megabyte; far more is not it. */
const mostBytes = 5_000_000;
/** A table with fewer models than this was cut or is another file. */
const fewestModels = 50;
const patience = 30_000;

const fileIn = (folder: string): string => join(folder, 'prices.json');
const previousIn = (folder: string): string => join(folder, 'prices.json.previous');

export interface LoadedPrices {
  readonly prices: StoredPrices | null;
  /** For the user, when a stored table had to be passed over. */
  readonly notice: string | null;
}

/** Reads the stored table, the one before it where it cannot be read. Never throws. */
export async function loadPrices(folder: string): Promise<LoadedPrices> {
  const current = await readStored(fileIn(folder));
  if (current !== 'bad') return { prices: current, notice: null };
  const previous = await readStored(previousIn(folder));
  const prices = previous === 'bad' ? null : previous;
  const instead = prices === null ? 'the built-in prices are used' : 'the ones fetched before are used';
  return { prices, notice: `The fetched prices could not be read; ${instead}.` };
}

async function readStored(file: string): Promise<StoredPrices | null | 'bad'> {
  try {
    const parsed = storedSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : 'bad';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : 'bad';
  }
}

/** Prices are fetched once a day. A clock that ran ahead and was set back does not stop them for good. */
export function isRefreshDue(prices: StoredPrices | null, now: number): boolean {
  return prices === null || Math.abs(now - prices.fetchedAt) >= day;
}

export interface RefreshOptions {
  /** The data folder. */
  readonly folder: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly fetch: typeof globalThis.fetch;
  readonly url?: string;
}

export type Refresh =
  { readonly ok: true; readonly prices: StoredPrices } | { readonly ok: false; readonly notice: string };

/** Fetches, checks and stores a newer table; the one it takes the place of is kept. Never throws. */
export async function refreshPrices({ folder, now, fetch, url = upstreamUrl }: RefreshOptions): Promise<Refresh> {
  try {
    const upstream: unknown = JSON.parse(await download(fetch, url));
    const date = new Date(now).toISOString().slice(0, 10);
    const table = slimTable(upstream, 'genai-prices, fetched', date);
    checkPlausible(table);
    const prices: StoredPrices = { fetchedAt: now, table };
    await store(folder, prices);
    return { ok: true, prices };
  } catch (error) {
    return { ok: false, notice: `Prices were not refreshed: ${reasonOf(error)}. The prices in force stay.` };
  }
}

async function download(fetch: typeof globalThis.fetch, url: string): Promise<string> {
  const response = await fetch(url, {
    redirect: 'error',
    credentials: 'omit',
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  if (response.body === null) throw new Error('the answer was empty');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [text, bytes] = ['', 0];
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('the answer was too large');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function checkPlausible({ models }: RateTable): void {
  const vendors = new Set(models.map((m) => m.provider));
  if (models.length < fewestModels || !vendors.has('anthropic') || !vendors.has('openai')) {
    throw new Error('the table lacks most models');
  }
}

async function store(folder: string, prices: StoredPrices): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = fileIn(folder);
  // Two windows may refresh at once; each writes its own file and the last rename wins whole.
  const draft = `${file}.${process.pid}.${prices.fetchedAt}`;
  try {
    await writeFile(draft, JSON.stringify(prices), { flush: true, mode: 0o600 });
    await copyFile(file, previousIn(folder)).catch(ignoreMissing);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'the answer is not a price table this version can read';
  if (error instanceof SyntaxError) return 'the answer is not JSON';
  if (error instanceof Error && error.name === 'TimeoutError') return 'the server did not answer in time';
  return error instanceof Error ? error.message : String(error);
}
