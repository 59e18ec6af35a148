import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { price } from '../../../../src/core/pricing/price.ts';
import { createRateCard } from '../../../../src/core/pricing/rateCard.ts';
import type { RateCard, RateCardData } from '../../../../src/core/pricing/rateCard.ts';
import { createFileReader } from '../../../../src/engine/ingest/readFile.ts';
import { reprice } from '../../../../src/engine/ledger/reprice.ts';
import { createWriter } from '../../../../src/engine/ledger/write.ts';
import { createBench, readToEnd } from '../../../support/ledgerBench.ts';
import type { Bench } from '../../../support/ledgerBench.ts';
import { plainLine } from '../../../support/plainSource.ts';

type Rates = RateCardData['models'][number]['rows'][number]['rates'];

function card(prices: Record<string, number>, extra: Partial<RateCardData> = {}): RateCard {
  const models = Object.entries(prices).map(([model, usd]) => {
    const rates: Rates = { input: usd, output: usd, read: usd, write5m: usd, write1h: usd };
    return { provider: 'anthropic', model, rows: [{ rates }] };
  });
  return createRateCard({ models, modifiers: [], source: 'test', sourceDate: '2026-01-01', ...extra });
}

describe('repricing', function () {
  this.timeout(20_000);
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
  });
  afterEach(() => bench.close());

  function ingest(rates: RateCard, ...models: string[]): void {
    const writer = createWriter(bench.db, { price: (event) => price(event, rates), projectOf: (cwd) => cwd });
    appendFileSync(
      join(bench.folder, 'a.jsonl'),
      models.map((model, i) => plainLine({ id: `${model}-${i}`, model, at: 1000 + i })).join(''),
    );
    readToEnd(createFileReader(writer), bench.target('a.jsonl'), 4096);
  }
  // 20 tokens a call: USD per million × 10⁶ pico a token.
  const costs = () =>
    bench
      .list(
        "SELECT c.key || '=' || ifnull(h.cost / 20000000, 'unpriced') FROM charge h JOIN call c ON c.id = h.call ORDER BY c.at",
      )
      .join(' ');

  it('a changed table prices what had no price and rewrites nothing else', async () => {
    ingest(card({ a: 1 }), 'a', 'b');
    const later = card({ a: 5, b: 7 });
    assert.deepEqual(await reprice(bench.db, later, later), { earliest: 1001, calls: 1, rebuilt: false });
    assert.equal(costs(), 'a-0=1 b-1=7');
    assert.deepEqual(await reprice(bench.db, later, later), { earliest: null, calls: 0, rebuilt: false });
  });

  it('a changed override or alias replays only the calls it touches', async () => {
    ingest(card({ a: 1, b: 2 }), 'a', 'b', 'c');
    const table = { a: 5, b: 6 };
    const before = card(table);
    const after = card(table, {
      overrides: { b: { input: 3, output: 3, cacheRead: 3, cacheWrite5m: 3, cacheWrite1h: 3 } },
      aliases: { c: 'a' },
    });
    assert.deepEqual(await reprice(bench.db, before, after), { earliest: 1001, calls: 2, rebuilt: false });
    assert.equal(costs(), 'a-0=1 b-1=3 c-2=5');
    await reprice(bench.db, after, before);
    assert.equal(costs(), 'a-0=1 b-1=6 c-2=unpriced');
    assert.deepEqual(bench.rows('PRAGMA foreign_key_check'), []);
  });

  it('goes over many calls in batches, also when every one stays unpriced', async () => {
    ingest(card({}), ...Array.from({ length: 350 }, (_, i) => (i % 2 === 0 ? 'a' : 'b')));
    const next = card({ a: 1 });
    assert.equal((await reprice(bench.db, next, next)).calls, 175);
  });
});
