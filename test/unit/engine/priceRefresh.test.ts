import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefreshDue, loadPrices, refreshPrices } from '../../../src/engine/priceRefresh.ts';
import type { Refresh } from '../../../src/engine/priceRefresh.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const day = 86_400_000;

/** As the published file: `count` models of two vendors at one input price. */
function published(input: number, count = 60): string {
  const models = Array.from({ length: count / 2 }, (_, i) => ({
    id: `m-${i}`,
    match: { equals: `m-${i}` },
    prices: { input_mtok: input, output_mtok: 25 },
  }));
  return JSON.stringify(['anthropic', 'openai'].map((id) => ({ id, models })));
}

describe('price refresh', () => {
  let base = '';
  let folder = '';
  const asked: string[] = [];

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'prices-'));
    folder = base;
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  function refresh(answer: string | Response | Error, at = now): Promise<Refresh> {
    const fetch: typeof globalThis.fetch = (url) => {
      asked.push(url instanceof Request ? url.url : url.toString());
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve(typeof answer === 'string' ? new Response(answer) : answer);
    };
    return refreshPrices({ folder, now: at, fetch });
  }

  async function storedInput(): Promise<number | undefined> {
    return (await loadPrices(folder)).prices?.table.models[0]?.rows[0]?.rates.input;
  }

  it('stores a checked table and says when and from where', async () => {
    const result = await refresh(published(5));
    assert.ok(result.ok);
    assert.equal(result.prices.fetchedAt, now);
    assert.equal(result.prices.table.date, '2026-11-21');
    assert.deepEqual(await loadPrices(folder), { prices: result.prices, notice: null });
    assert.match(asked.at(-1) ?? '', /^https:\/\/.*\/v2\/data_slim\.json$/);
  });

  it('keeps the table before it', async () => {
    await refresh(published(5));
    await refresh(published(6), now + day);
    assert.equal(await storedInput(), 6);
    assert.match(await readFile(join(folder, 'prices.json.previous'), 'utf8'), /"input":5/);
    assert.deepEqual((await readdir(folder)).toSorted(), ['prices.json', 'prices.json.previous']);
  });

  const refusals: readonly [title: string, answer: () => string | Response | Error, reason: RegExp][] = [
    ['no network', () => new TypeError('fetch failed'), /fetch failed/],
    ['an error page', () => new Response('gone', { status: 404 }), /answered 404/],
    ['no body', () => new Response(null, { status: 204 }), /empty/],
    ['text that is not JSON', () => '<html>', /not JSON/],
    ['JSON of another shape', () => '{"models":[]}', /not a price table/],
    ['a cut table', () => published(5, 20), /lacks most models/],
    ['absurd prices', () => published(1e9), /not a price table/],
    ['a file far too large', () => `[${' '.repeat(6_000_000)}]`, /too large/],
    ['bytes that are not text', () => new Response(new Uint8Array([0xff, 0xfe])), /./],
  ];
  for (const [title, answer, reason] of refusals) {
    it(`leaves the old table in force on ${title}`, async () => {
      await refresh(published(5));
      const result = await refresh(answer(), now + day);
      assert.ok(!result.ok);
      assert.match(result.notice, reason);
      assert.match(result.notice, /The prices in force stay\.$/);
      assert.equal(await storedInput(), 5);
      assert.deepEqual(await readdir(folder), ['prices.json']);
    });
  }

  it('passes over a damaged table for the one before it, and says so', async () => {
    await refresh(published(5));
    await refresh(published(6), now + day);
    await writeFile(join(folder, 'prices.json'), '{"fetchedAt":');
    const loaded = await loadPrices(folder);
    assert.equal(loaded.prices?.table.models[0]?.rows[0]?.rates.input, 5);
    assert.match(loaded.notice ?? '', /ones fetched before/);
    await writeFile(join(folder, 'prices.json.previous'), '{}');
    assert.deepEqual(await loadPrices(folder), {
      prices: null,
      notice: 'The fetched prices could not be read; the built-in prices are used.',
    });
  });

  it('has nothing to load at first, and no complaint', async () => {
    assert.deepEqual(await loadPrices(join(folder, 'missing')), { prices: null, notice: null });
  });

  it('makes the folder it stores in, for its user only', async () => {
    folder = join(folder, 'new', 'deep');
    assert.ok((await refresh(published(5))).ok);
    const foreign = [folder, join(folder, 'prices.json')].map((place) => statSync(place).mode & 0o077);
    if (process.platform !== 'win32') assert.deepEqual(foreign, [0, 0]);
  });

  it('is due once a day, also after a clock was set back', async () => {
    const result = await refresh(published(5));
    assert.ok(result.ok);
    const due = [now + day - 1, now + day, now - day + 1, now - day].map((at) => isRefreshDue(result.prices, at));
    assert.deepEqual(due, [false, true, false, true]);
    assert.ok(isRefreshDue(null, now));
  });
});
