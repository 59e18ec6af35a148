import assert from 'node:assert/strict';
import { factorsOf, feesOf, linesOf, sumOf } from '../../../media/panel/arithmetic.ts';
import { cacheShare, changeOf } from '../../../media/panel/compare.ts';
import { createFigures } from '../../../media/panel/figures.ts';
import { createTranslate } from '../../../media/panel/strings.ts';
import { isUnpriced } from '../../../src/core/totals.ts';
import { noTotals } from '../../support/snapshot.ts';
import { seedCalls } from '../../support/panelData.ts';

describe('panel: arithmetic of a call', () => {
  const parts = seedCalls(7).flatMap((call) => call.parts);

  it('adds up to the list value, for every call of a month', () => {
    assert.ok(parts.length > 400);
    for (const part of parts) {
      const sum = sumOf(part);
      if (sum !== null) assert.equal(Number(sum) / 1e12, part.listCost);
      const { rate } = part;
      if (rate === null) continue;
      const lines = linesOf(part).reduce((total, line) => total + (line.pico ?? 0n), feesOf(part)?.pico ?? 0n);
      assert.equal(lines, sum);
    }
  });

  it('says tokens × rate × factors for each line', () => {
    for (const part of parts.filter((p) => p.rate !== null && p.rate.factors.length > 0)) {
      const times = part.rate === null ? 1 : factorsOf(part.rate).reduce((a, f) => a * f.times, 1);
      for (const line of linesOf(part)) {
        const expected = (line.tokens * (line.perMillion ?? 0) * times) / 1e6;
        assert.ok(Math.abs(Number(line.pico) / 1e12 - expected) < 1e-9);
      }
    }
  });

  it('leaves an unpriced part without a figure', () => {
    const part = parts.find((p) => p.rate === null);
    assert.ok(part);
    assert.deepEqual([sumOf(part), feesOf(part)], [null, null]);
    assert.ok(linesOf(part).every((line) => line.pico === null && line.perMillion === null));
  });

  it('counts the web searches behind a fee', () => {
    const part = parts.find((p) => feesOf(p) !== null);
    const fees = part && feesOf(part);
    assert.ok(fees?.searches && fees.searches > 0);
    assert.equal(fees.each, 0.01);
  });
});

describe('panel: figures against the period before', () => {
  const cases: readonly (readonly [number, number, ReturnType<typeof changeOf>])[] = [
    [112, 100, { direction: 'up', share: 0.12 }],
    [50, 100, { direction: 'down', share: -0.5 }],
    [100.4, 100, { direction: 'same', share: 0 }],
    [3, 0, null],
    [0, 0, null],
    [0, 4, { direction: 'down', share: -1 }],
  ];
  for (const [now, before, expected] of cases) {
    it(`${now} after ${before}`, () => assert.deepEqual(changeOf(now, before), expected));
  }

  it('shares of nothing are none', () => assert.equal(cacheShare(noTotals.tokens), null));

  it('calls without any price are unpriced, no calls are not', () => {
    const unpriced = { calls: 2, tokens: 9, models: ['x'] };
    assert.deepEqual(
      [{ ...noTotals, calls: 2, unpriced }, { ...noTotals, calls: 3, unpriced }, noTotals].map(isUnpriced),
      [true, false, false],
    );
  });
});

describe('panel: words and figures', () => {
  it('uses a translation where there is one', () => {
    const t = createTranslate({ '{0} of {1}': '{1}: {0}' });
    assert.deepEqual([t('{0} of {1}', 1, 2), t('{0} from cache', '9%'), t('{3}')], ['2: 1', '9% from cache', '{3}']);
  });

  it('is not led astray by words that every object knows', () => {
    assert.equal(createTranslate({})('constructor'), 'constructor');
  });

  it('names days and hours in the metered machine’s zone', () => {
    const fig = createFigures('en', 'Asia/Tokyo');
    const at = Date.UTC(2026, 10, 20, 23, 30);
    assert.deepEqual([fig.dayKey(at), fig.hourKey(at)], ['2026-11-21', '2026-11-21T08:00+09:00']);
  });

  it('writes days, hours and months as people read them', () => {
    const fig = createFigures('en', 'Asia/Tokyo');
    const at = Date.UTC(2026, 10, 20, 23, 30);
    assert.deepEqual([fig.day(at), fig.shortDay(at), fig.month('2026-11')], ['Sat, Nov 21', 'Nov 21', 'November 2026']);
    assert.deepEqual([fig.date('2026-11-21'), fig.date('next year')], ['Nov 21, 2026', 'next year']);
    // Intl sets narrow and thin spaces, by version.
    const spaced = [fig.hour(at), fig.dayAndHour(at), fig.dates('2026-11-02', '2026-11-05')];
    assert.deepEqual(
      spaced.map((text) => text.replaceAll(/\s/g, ' ')),
      ['8 AM', 'Nov 21, 8 AM', 'Nov 2 – 5, 2026'],
    );
  });

  it('stands a locale and a zone nobody knows', () => {
    const fig = createFigures('not a locale', 'Mars/Olympus');
    assert.deepEqual([fig.usd(4.2), fig.dayKey(0), fig.share(null)], ['$4.20', '1970-01-01', '–']);
  });
});
