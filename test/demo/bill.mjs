// @ts-check
// The generator's own bill, computed apart from the product so that the two can be held against each other.

const billed = /** @type {const} */ (['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output']);
export const tokenClasses = /** @type {const} */ ([...billed, 'thinking']);

/**
 * USD per million tokens as of 2026-11-21: the Claude client's own list and OpenAI's price page.
 * @type {Record<string, Record<(typeof billed)[number], number>>}
 */
const rates = {
  'claude-opus-5-5': { input: 4, cacheRead: 0.2, cacheWrite5m: 5, cacheWrite1h: 8, output: 20 },
  'claude-sonnet-5-5': { input: 2, cacheRead: 0.1, cacheWrite5m: 2.5, cacheWrite1h: 4, output: 10 },
  'claude-haiku-5-5': { input: 0.1, cacheRead: 0.01, cacheWrite5m: 0.125, cacheWrite1h: 0.2, output: 0.5 },
  'gpt-6-sol': { input: 2, cacheRead: 0.2, cacheWrite5m: 2.5, cacheWrite1h: 2.5, output: 10 },
  'gpt-5.5': { input: 5, cacheRead: 0.5, cacheWrite5m: 5, cacheWrite1h: 5, output: 30 },
};
const usdPerSearch = 0.01;

/**
 * @typedef {{ input: number, cacheRead: number, cacheWrite5m: number, cacheWrite1h: number, output: number,
 *   thinking: number }} Tokens
 * @typedef {{ agent: string, model: string, at: number, tokens: Tokens, webSearches: number }} Call
 */

/** @param {Call} call @returns {number | null} USD, null when the model has no public price */
function priceOf(call) {
  const rate = rates[call.model];
  if (!rate) return null;
  const t = call.tokens;
  // Haiku 5.5 costs five times as much for the whole request above 100k prompt tokens.
  const prompt = t.input + t.cacheRead + t.cacheWrite5m + t.cacheWrite1h;
  const factor = call.model === 'claude-haiku-5-5' && prompt > 100_000 ? 5 : 1;
  const micro = billed.reduce((sum, name) => sum + t[name] * rate[name], 0);
  return (micro * factor) / 1e6 + call.webSearches * usdPerSearch;
}

export function createBill() {
  const tokens = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, thinking: 0 };
  const bill = { calls: 0, listCost: 0, webSearches: 0, unpricedCalls: 0, tokens };
  /** @param {Call} call @returns {number | null} its price */
  const add = (call) => {
    const usd = priceOf(call);
    bill.calls += 1;
    bill.webSearches += call.webSearches;
    if (usd === null) bill.unpricedCalls += 1;
    else bill.listCost += usd;
    for (const name of tokenClasses) tokens[name] += call.tokens[name];
    return usd;
  };
  return { bill, add };
}
