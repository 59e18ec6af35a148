import assert from 'node:assert/strict';
import { slimTable } from '../../../../src/core/pricing/slim.ts';
import type { RateTable } from '../../../../src/core/pricing/table.ts';

const price = { input_mtok: 5, output_mtok: 25 };

function slim(model: object, provider = 'anthropic'): RateTable['models'] {
  const upstream = [{ id: provider, models: [{ id: 'm-1', match: { equals: 'm-1' }, prices: price, ...model }] }];
  return slimTable(upstream, 'test', '2026-11-21').models;
}

describe('slimTable', () => {
  it('keeps dated rows, tiers, hours, caches and searches', () => {
    const tiered = { base: 5, tiers: [{ start: 200_000, price: 10 }] };
    const prices = [
      { prices: { ...price, input_mtok: tiered, cache_read_mtok: 0.5, web_searches_kcount: 10 } },
      {
        constraint: { start_date: '2026-03-13' },
        prices: { ...price, cache_write_mtok: 6.25, cache_write_1h_mtok: 10 },
      },
      { constraint: { start_time: '01:00:00Z', end_time: '04:00:00Z' }, prices: price },
    ];
    assert.deepEqual(slim({ prices })[0]?.rows, [
      {
        rates: { input: 5, output: 25, read: 0.5 },
        long: { above: 200_000, rates: { input: 10, output: 25, read: 0.5 } },
        search: 0.01,
      },
      { from: '2026-03-13', rates: { input: 5, output: 25, write5m: 6.25, write1h: 10 } },
      { hours: [{ from: '01:00', to: '04:00' }], rates: { input: 5, output: 25 } },
    ]);
  });

  it('makes whole words of matching rules into spellings, never patterns', () => {
    const match = {
      or: [
        { equals: 'M.1' },
        { starts_with: 'm-one' },
        { regex: '^m-1' },
        { starts_with: 'm-' },
        { equals: 'm-1-20260101' },
      ],
    };
    assert.deepEqual(slim({ match })[0]?.names, ['m.1', 'm-one']);
  });

  it('gives resold Claude models the one-hour write at twice the input', () => {
    const prices = { ...price, cache_write_mtok: 6.25 };
    assert.equal(slim({ id: 'claude-x', prices }, 'github-copilot')[0]?.rows[0]?.rates.write1h, 10);
    assert.equal(slim({ prices }, 'openai')[0]?.rows[0]?.rates.write1h, undefined);
  });

  it('leaves out what is not text, not coding or better known elsewhere', () => {
    assert.deepEqual(slim({ prices: { input_mtok: 1 } }), []);
    assert.deepEqual(slim({ prices: {} }), []);
    assert.deepEqual(slim({}, 'voyageai'), []);
    assert.deepEqual(slim({ id: 'us.anthropic.claude-x' }, 'aws'), []);
  });

  it('reads one threshold where upstream has two spellings of it', () => {
    const tiered = { base: 5, tiers: [{ start: 271_999, price: 10 }] };
    assert.equal(slim({ prices: { ...price, input_mtok: tiered } }, 'openai')[0]?.rows[0]?.long?.above, 272_000);
  });

  it('refuses data of another shape and absurd prices', () => {
    for (const bad of [null, {}, [{ id: 1 }], [{ id: 'anthropic', models: [{ id: 'x' }] }]]) {
      assert.throws(() => slimTable(bad, 'test', '2026-11-21'));
    }
    assert.throws(() => slim({ prices: { ...price, input_mtok: -1 } }));
    assert.throws(() => slim({ prices: { ...price, input_mtok: 1e9 } }));
    assert.throws(() => slim({ prices: { ...price, input_mtok: '5' } }));
  });
});
