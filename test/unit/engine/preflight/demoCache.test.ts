import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { cachedTokens, cachedUntil } from '../../../../src/core/forecast/cacheState.ts';
import { promptCost } from '../../../../src/core/forecast/nextPrompt.ts';
import type { PastCall } from '../../../../src/core/forecast/pastCall.ts';
import { usd } from '../../../../src/core/format.ts';
import { chargePart } from '../../../../src/core/pricing/price.ts';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { sources } from '../../../../src/core/sources/index.ts';
import { promptTokens } from '../../../../src/core/usage.ts';
import type { TokenCounts } from '../../../../src/core/usage.ts';
import { scanOnce } from '../../../../src/engine/ingest/ingest.ts';
import { migrations } from '../../../../src/engine/ledger/schema.ts';
import { readPastCalls } from '../../../../src/engine/preflight/history.ts';
import { generate } from '../../../demo/generate.mjs';
import { tempFolder } from '../../../support/ledgerBench.ts';

const card = defaultRateCard({ overrides: {}, aliases: {} });
const now = Date.parse('2026-11-21T12:00:00Z');

async function callsOf(home: string): Promise<readonly PastCall[]> {
  generate({ out: home, now });
  const db = new DatabaseSync(':memory:');
  for (const step of migrations) db.exec(step);
  await scanOnce({
    db,
    ledgerPath: ':memory:',
    sources,
    homes: [{ platform: 'linux', home, env: {} }],
    card: () => card,
    now: () => now,
    onChange: () => undefined,
    onScan: () => undefined,
    log: (level, message) => assert.fail(`${level}: ${message}`),
  });
  return readPastCalls(db);
}

/** Each call of a main thread with the one before it. */
function pairs(calls: readonly PastCall[]): (readonly [PastCall, PastCall])[] {
  const ends = new Map<string, PastCall>();
  return calls
    .filter(({ subagent, agent }) => subagent === null && agent === 'claude')
    .flatMap((call): (readonly [PastCall, PastCall])[] => {
      const before = ends.get(call.session);
      ends.set(call.session, call);
      return before === undefined ? [] : [[before, call]];
    });
}

/** What a call paid for writing what the one before it had left in the cache. */
function paid(before: PastCall, { model, provider, at, tokens, speed, tier, region }: PastCall): number {
  const rate = card.rate({ provider, model, at, prompt: promptTokens(tokens), speed, tier, region });
  const price = (t: TokenCounts): number => usd(chargePart({ model, tokens: t }, rate, 0).cost ?? 0n);
  const lost = cachedTokens(before) - tokens.cacheRead;
  const kind = tokens.cacheWrite1h >= lost ? 'cacheWrite1h' : 'cacheWrite5m';
  return price(tokens) - price({ ...tokens, cacheRead: tokens.cacheRead + lost, [kind]: tokens[kind] - lost });
}

describe("the countdown over a demo's month", () => {
  const home = tempFolder();
  after(home.remove);

  it('ends when the cache ends, and says what that costs', async () => {
    const all = pairs(await callsOf(home.path));
    const isWarm = ([before, call]: readonly [PastCall, PastCall]): boolean => call.at < (cachedUntil(before) ?? 0);
    for (const [before, call] of all.filter(isWarm)) assert.ok(call.tokens.cacheRead >= cachedTokens(before));
    const lost = all.filter((pair) => !isWarm(pair) && pair[1].cost !== null);
    for (const [last, call] of lost) {
      const { model, provider } = last;
      const context = promptTokens(last.tokens) + last.tokens.output;
      const told = promptCost({ at: call.at, model, context, last, usual: null, provider, shared: 0 }, card);
      assert.equal(usd(told?.extra ?? 0n).toFixed(9), paid(last, call).toFixed(9));
    }
    assert.ok(all.length > 2000 && lost.length > 8, `${all.length} calls, ${lost.length} caches lost`);
  }).timeout(60_000);
});
