import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { price } from '../../../../src/core/pricing/price.ts';
import type { RateCard } from '../../../../src/core/pricing/rateCard.ts';
import type { UsageEvent } from '../../../../src/core/usage.ts';
import { costOf } from '../../../support/costOf.ts';
import { readBills } from '../../../support/expectations.ts';
import { providerBill } from '../../../support/providerBill.ts';
import type { BilledRequest } from '../../../support/providerBill.ts';
import { ratesCard } from '../../../support/ratesCard.ts';
import { readHome } from '../../../support/readHome.ts';
import { allTokens } from '../../../support/tokenSums.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures');
const cards: readonly (readonly [string, RateCard])[] = [
  ['rates.json', ratesCard()],
  ['the product’s own list', defaultRateCard({ overrides: {}, aliases: {} })],
];

for (const agent of ['claude', 'codex']) {
  describe(`records of the real ${agent} client`, () => {
    const real = join(fixtures, agent, 'real');
    const expected = readBills(join(real, 'expected.json'));

    it('has a bill for every run', () => {
      const runs = readdirSync(real, { withFileTypes: true }).filter((entry) => entry.isDirectory());
      assert.deepEqual(runs.map((run) => run.name).toSorted(), Object.keys(expected).toSorted());
    });

    for (const [run, bill] of Object.entries(expected)) {
      it(`${run}: each recorded call is one on the provider’s own bill`, () => {
        const entries = providerBill(join(real, run, 'ledger.json'));
        assert.equal(entries.length, bill.billed);
        const { events } = readHome(join(real, run, 'home'));
        assert.deepEqual(
          events.map((event) => claimed(event, entries)).filter((entry) => entry === undefined),
          [],
        );
      });

      it(`${run}: calls, tokens and cost`, () => {
        const { events, problems } = readHome(join(real, run, 'home'));
        assert.deepEqual(problems, []);
        assert.equal(events.length, bill.calls);
        assert.deepEqual(allTokens(events), bill.tokens);
        for (const [name, card] of cards) {
          assert.ok(Math.abs(usdOf(events, card) - bill.usd) < 0.000001, `${usdOf(events, card)} under ${name}`);
        }
      });
    }
  });
}

/** Clients without response ids are matched by content. An aborted answer’s output never reached its client. */
function claimed(event: UsageEvent, entries: readonly BilledRequest[]): BilledRequest | undefined {
  const [{ model, tokens: t }] = event.parts;
  const known = entries.some((entry) => entry.id === event.id);
  const read = [t.input, t.cacheRead, t.cacheWrite5m, t.cacheWrite1h];
  return entries.find(
    (entry) =>
      (known ? entry.id === event.id : event.id.includes('~')) &&
      entry.model === model &&
      entry.tokens.slice(0, 4).join() === read.join() &&
      (event.quality === 'partial' ? t.output <= entry.tokens[4] : t.output === entry.tokens[4]),
  );
}

function usdOf(events: readonly UsageEvent[], card: RateCard): number {
  const pico = events.reduce((sum, event) => sum + (costOf(price(event, card)) ?? 0n), 0n);
  return Number(pico) / 1e12;
}
