import assert from 'node:assert/strict';
import { refreshOffer } from '../../../src/core/refreshOffer.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import type { Scan } from '../../../src/core/snapshot.ts';
import { untranslated } from '../../../src/core/translate.ts';
import { snapshotOf, totalsOf } from '../../support/snapshot.ts';

const cases: readonly {
  readonly name: string;
  readonly models?: readonly string[];
  readonly asked?: boolean;
  readonly on?: boolean;
  readonly scan?: Scan['state'];
  readonly names: RegExp | null;
}[] = [
  { name: 'every model has a price', names: null },
  { name: 'a model has none', models: ['nightjar'], names: /for nightjar\./ },
  { name: 'several have none', models: ['nightjar', 'owl', 'wren'], names: /for nightjar and 2 more\./ },
  { name: 'it was asked before', models: ['nightjar'], asked: true, names: null },
  { name: 'prices are fetched already', models: ['nightjar'], on: true, names: null },
  { name: 'records are still being read', models: ['nightjar'], scan: 'scanning', names: null },
];

describe('the offer to fetch prices', () => {
  for (const { name, models = [], asked = false, on = false, scan = 'idle', names } of cases) {
    it(`${names === null ? 'is not made when' : 'is made when'} ${name}`, () => {
      const snapshot = snapshotOf({
        month: totalsOf(3, 1, { unpriced: { calls: models.length, tokens: 5, models } }),
        scan: { state: scan, filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 },
      });
      const offer = refreshOffer(snapshot, { ...defaultSettings, refreshPrices: on }, asked, untranslated);
      if (names === null) assert.equal(offer, null);
      else assert.match(offer ?? '', names);
    });
  }
});
