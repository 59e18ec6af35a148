import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scaled } from '../../../../src/core/tokens/count.ts';
import type { TokenCount } from '../../../../src/core/tokens/count.ts';
import type { TokenCounter } from '../../../../src/engine/tokens/counter.ts';
import { readObservations } from '../../../../src/engine/tokens/observations.ts';
import { createTokens } from '../../../../src/engine/tokens/tokens.ts';
import { createChance } from '../../../demo/chance.mjs';
import { answerRecords } from '../../../support/answerRecords.ts';
import type { RecordedAnswer } from '../../../support/answerRecords.ts';
import { tempFolder } from '../../../support/ledgerBench.ts';
import { writeRecords } from '../../../support/records.ts';
import { scannedLedger } from '../../../support/scannedLedger.ts';
import { createTestCounter, tokenFiles } from '../../../support/tokenCounter.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures');
const corpus = ['typescript', 'markdown', 'json', 'diff', 'javascript', 'jsonl']
  .map((name) => readFileSync(join(fixtures, 'tokens/corpus', `${name}.txt`), 'utf8'))
  .join('\n');

/** What a made-up provider bills, which nobody tells the calibration. */
const planted = [
  { model: 'claude-opus-4-6', family: 'claude-3', ratio: 1.09, learnt: 1.09 },
  { model: 'claude-opus-4-7', family: 'claude-4.7', ratio: 1.62, learnt: 1.62 },
  { model: 'claude-sonnet-5-5', family: 'claude-5', ratio: 1.31, learnt: 1.31 },
  { model: 'gpt-5.5', family: 'gpt', ratio: 1, learnt: 1 },
];

/** Answers cut out of the corpus, billed with an overhead for each and for each tool call, noise and some wrong bills. */
async function billed(counter: TokenCounter, seed: number, model: string, ratio: number): Promise<RecordedAnswer[]> {
  const { next, int } = createChance(seed);
  const cut = (longest: number): string => {
    const from = int(0, corpus.length - longest);
    return corpus.slice(from, from + Math.round(longest * next() ** 2) + 60);
  };
  const calls: RecordedAnswer[] = [];
  for (let i = 0; i < 140; i += 1) {
    const text = cut(4000);
    const tools = Array.from({ length: int(0, 2) }, () => cut(2000));
    const counts = await Promise.all([text, ...tools].map((part) => counter.count(part, model)));
    const counted = counts.reduce((sum, { raw }) => sum + raw, 0);
    const noise = 1 + (next() - 0.5) * 0.2;
    const thinking = next() < 0.5 ? int(1, 3000) : 0;
    const wrong = next() < 0.1 ? 2 : 1;
    const visible = Math.round((9 + 40 * tools.length + ratio * counted * noise) * wrong);
    calls.push({ model, text, tools, output: visible + thinking, thinking });
  }
  return calls;
}

describe('the calibration by own calls', function () {
  this.timeout(120_000);
  let temp: ReturnType<typeof tempFolder>;
  beforeEach(() => (temp = tempFolder()));
  afterEach(() => temp.remove());

  it('finds in the agents’ records, within 5 %, ratios that it was not told', async () => {
    const counter = createTestCounter();
    await Promise.all([counter.warm('gpt-5.5'), counter.warm(null)]);
    const calls = await Promise.all(planted.map(({ model, ratio }, seed) => billed(counter, seed, model, ratio)));
    counter.dispose();
    const home = join(temp.path, 'home');
    writeRecords(home, answerRecords(calls.slice(0, 3).flat(), calls.slice(3).flat()));
    const db = await scannedLedger([home]);

    const tokens = createTokens({ db, clock: () => 0, patience: 60_000, log: () => undefined, ...tokenFiles });
    for (const { model, family, learnt } of planted) {
      await tokens.warm(model);
      await tokens.calibrate(model);
      const found = tokens.multipliers().get(family) ?? 0;
      assert.ok(Math.abs(found / learnt - 1) <= 0.05, `${family}: ${found} for ${learnt}`);
      const { tokens: n, raw, multiplier } = await tokens.count('How much is this?', model);
      assert.deepEqual([multiplier, n], [found, Math.round(raw * found)]);
    }
    assert.equal(tokens.multipliers().get('gpt'), 1);
    tokens.dispose();
    db.close();
  });

  it('finds the whole answer of every call of real records that says how much of it was thinking', async () => {
    const homes = globSync(join(fixtures, '*/real/*/home'));
    const db = await scannedLedger(homes);
    // Filler stands in for their texts, as long as the originals: their number counts here, not their tokens.
    const byLength = (text: string): Promise<TokenCount> => Promise.resolve(scaled(text.length, 'counted', null));
    const families = ['claude-4.7', 'claude-5', 'gpt'];
    const found = await Promise.all(families.map((family) => readObservations(db, family, byLength)));
    const visible = db
      .prepare(
        "SELECT count(*) AS n FROM call JOIN charge ON call = call.id WHERE quality = 'exact' AND output - coalesce(thinking, 0) >= 20",
      )
      .get();
    // Three are an old client's that thought and does not say how much.
    assert.deepEqual([found.map(({ length }) => length), visible?.['n']], [[5, 57, 44], 5 + 57 + 44 + 3]);
    db.close();
  });

  it('learns nothing and says nothing without calls', async () => {
    const db = await scannedLedger([]);
    const logged: string[] = [];
    const log = (_: 'warn', message: string): unknown => logged.push(message);
    const tokens = createTokens({ db, clock: () => 0, patience: 60_000, log, ...tokenFiles });
    await tokens.calibrate('gpt-5');
    assert.deepEqual([[...tokens.multipliers()], logged], [[], []]);
    db.close();
    await tokens.calibrate('gpt-5');
    assert.match(logged.join('\n'), /^the tokens of gpt models could not be compared with their bills: /);
    tokens.dispose();
  });
});
