import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import listed from '../../../../src/core/pricing/listed.generated.json' with { type: 'json' };
import overlay from '../../../../src/core/pricing/overlay.json' with { type: 'json' };
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { priceRows } from '../../../../src/core/pricing/rateCard.ts';
import { overlaySchema, rateTableSchema } from '../../../../src/core/pricing/table.ts';
import type { RateTable } from '../../../../src/core/pricing/table.ts';

const usd = z.number();
const ratesSchema = z.object({
  models: z.record(
    z.string(),
    z.object({ input: usd, cacheRead: usd, cacheWrite5m: usd, cacheWrite1h: usd, output: usd }),
  ),
});

const query = { at: Date.parse('2026-11-21'), prompt: 0, speed: 'standard', tier: 'standard', region: null } as const;
const card = defaultRateCard({ overrides: {}, aliases: {} });

describe('the default card', () => {
  const rates = ratesSchema.parse(JSON.parse(readFileSync('test/fixtures/rates.json', 'utf8')));
  for (const [model, expected] of Object.entries(rates.models)) {
    it(`has the real bill's rates for ${model}`, () => {
      const provider = model.startsWith('claude') ? 'anthropic' : model.startsWith('gpt') ? 'openai' : 'google';
      const found = card.rate({ ...query, provider, model });
      const perMillion = Object.entries(found?.perToken ?? {}).map(([key, pico]) => [key, pico / 1e6]);
      assert.deepEqual(Object.fromEntries(perMillion), expected);
      assert.equal(found?.perSearch, 10_000_000_000);
    });
  }

  it('is compiled of valid tables', () => {
    rateTableSchema.parse(listed);
    overlaySchema.parse(overlay);
  });

  it('refuses an overlay row without source or date', () => {
    const [first] = overlay.models;
    const { source: _, ...row } = first?.rows[0] ?? assert.fail('no rows');
    assert.throws(() => overlaySchema.parse({ ...overlay, models: [{ ...first, rows: [row] }] }), /source/);
  });

  it('stays slim', () => assert.ok(JSON.stringify(listed).length < 120_000));

  it('names only listed models in its modifiers', () => {
    const ids = new Set(card.data.models.map((m) => m.model));
    const named = overlaySchema.parse(overlay).modifiers.flatMap((m) => m.models ?? []);
    assert.deepEqual(
      named.filter((m) => !ids.has(m)),
      [],
    );
  });

  it('keeps dated rows in order, so that the last one in force is the newest', () => {
    for (const { model, rows } of card.data.models) {
      const dates = rows.map((r) => r.from).filter((d) => d !== undefined);
      assert.deepEqual(dates, dates.toSorted(), model);
    }
  });

  it('names every rate by its content', () => {
    const first = card.rate({
      ...query,
      provider: 'anthropic',
      model: 'claude-sonnet-5-5',
      region: 'us',
      speed: 'standard',
    });
    assert.match(first?.id ?? '', /^anthropic\/claude-sonnet-5-5@2026-10-07\*US-residency#[a-z0-9]+$/);
    const again = defaultRateCard({ overrides: {}, aliases: {} });
    assert.equal(
      again.rate({ ...query, provider: 'anthropic', model: 'claude-sonnet-5-5', region: 'us' })?.id,
      first?.id,
    );
    const own = { overrides: { 'claude-sonnet-5-5': { input: 1, output: 1 } }, aliases: {} };
    const other = { overrides: { 'claude-sonnet-5-5': { input: 1, output: 2 } }, aliases: {} };
    const idOf = (options: typeof own): string | undefined =>
      defaultRateCard(options).rate({ ...query, provider: 'anthropic', model: 'claude-sonnet-5-5' })?.id;
    assert.notEqual(idOf(own), idOf(other));
  });

  it('lists every price with its source', () => {
    const rows = priceRows(card);
    const sonnet = rows.filter((r) => r.provider === 'anthropic' && r.model === 'claude-sonnet-5-5');
    assert.deepEqual(
      sonnet.map((r) => [r.from, r.cacheRead]),
      [
        [null, 0.2],
        ['2026-10-07', 0.1],
      ],
    );
    const haiku = rows.filter((r) => r.model === 'claude-haiku-5-5');
    assert.deepEqual(
      haiku.map((r) => [r.longContextAbove, r.input]),
      [
        [null, 0.1],
        [100_000, 0.5],
      ],
    );
    assert.ok(rows.every((r) => r.source !== '' && /^\d{4}-\d\d-\d\d$/.test(r.sourceDate)));
  });
});

const row = (input: number, from?: string): object => ({
  rates: { input, output: 9 },
  ...(from === undefined ? {} : { from }),
});
const table = (model: string, ...rows: object[]): RateTable =>
  rateTableSchema.parse({ source: 'fetched', date: '2027-02-01', models: [{ provider: 'anthropic', model, rows }] });
const input = (model: string, refreshed: RateTable, at: string): number | undefined => {
  const fresh = defaultRateCard({ overrides: {}, aliases: {}, refreshed });
  return fresh.rate({ ...query, at: Date.parse(at), provider: 'anthropic', model })?.perToken.input;
};

describe('a fetched table', () => {
  it('takes the place of a compiled model', () => {
    assert.equal(input('claude-haiku-4-5', table('claude-haiku-4-5', row(7)), '2027-02-01'), 7_000_000);
  });
  it('brings models we never heard of', () => {
    assert.equal(input('claude-opus-7', table('claude-opus-7', row(7)), '2027-02-01'), 7_000_000);
  });
  it('does not overrule the overlay with what it may have from before', () => {
    assert.equal(
      input('claude-opus-5-5', table('claude-opus-5-5', row(7), row(3, '2026-10-01')), '2027-02-01'),
      4_000_000,
    );
  });
  it('overrules it with a price that starts later, from that day on', () => {
    const news = table('claude-opus-5-5', row(7), row(3, '2027-01-01'));
    assert.equal(input('claude-opus-5-5', news, '2026-12-31'), 4_000_000);
    assert.equal(input('claude-opus-5-5', news, '2027-01-01'), 3_000_000);
  });
});
