import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { price } from '../../../../src/core/pricing/price.ts';
import type { UsageEvent } from '../../../../src/core/usage.ts';
import { costOf } from '../../../support/costOf.ts';
import { readTrap } from '../../../support/expectations.ts';
import { markedLines, readFile, readHome, recordFiles } from '../../../support/readHome.ts';
import type { RecordFile } from '../../../support/readHome.ts';
import { tokensByModel } from '../../../support/tokenSums.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures');
const cases = globSync('*/traps/*/expected.json', { cwd: fixtures }).map(dirname).toSorted();
const card = defaultRateCard({ overrides: {}, aliases: {} });

describe('traps in records', () => {
  for (const name of cases) {
    const expected = readTrap(join(fixtures, name, 'expected.json'));
    const home = join(fixtures, name, 'home');

    it(`${name}: ${expected.why}`, () => {
      const { events, problems } = readHome(home);
      assert.deepEqual(tokensByModel(events), expected.tokens);
      assert.equal(events.length, expected.calls);
      assert.equal(searches(events), expected.webSearches);
      assert.deepEqual(problems, expected.problems);
      if (expected.usd !== undefined) assert.equal(cost(events), expected.usd);
    });

    it(`${name}: the same in whatever order files are read, and twice`, () => {
      const files = recordFiles(home);
      const forward = readHome(home, files);
      assert.deepEqual(sorted(readHome(home, files.toReversed()).events), sorted(forward.events));
      assert.deepEqual(sorted(readHome(home, [...files, ...files]).events), sorted(forward.events));
    });

    it(`${name}: the same when reading stops at any line and resumes from saved state`, () => {
      for (const file of recordFiles(home)) assert.deepEqual(readInPieces(file), readFile(file));
    });
  }
});

/** Reads a file with a new parser for every line, handed only the last one's state as it would lie in the ledger. */
function readInPieces(file: RecordFile): ReturnType<typeof readFile> {
  let saved: string | null = null;
  return markedLines(file).flatMap((line) => {
    const parser = file.source.createParser({ path: file.below }, saved === null ? null : JSON.parse(saved));
    const facts = parser.read(line);
    saved = JSON.stringify(parser.state);
    return facts;
  });
}

function sorted(events: readonly UsageEvent[]): readonly UsageEvent[] {
  return events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function searches(events: readonly UsageEvent[]): number {
  return events.reduce((sum, event) => sum + event.webSearches, 0);
}

/** In USD to the last pico-dollar, without trailing zeros; null when any call is unpriced. */
function cost(events: readonly UsageEvent[]): string | null {
  const costs = events.map((event) => costOf(price(event, card)));
  if (costs.includes(null)) return null;
  const pico = costs
    .reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n)
    .toString()
    .padStart(13, '0');
  return `${pico.slice(0, -12)}.${pico.slice(-12)}`.replace(/\.?0+$/, '');
}
