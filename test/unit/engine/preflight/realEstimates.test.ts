import assert from 'node:assert/strict';
import { foretell } from '../../../../src/core/forecast/foretell.ts';
import { createMemory } from '../../../../src/core/forecast/memory.ts';
import type { Memory } from '../../../../src/core/forecast/memory.ts';
import type { Outlook } from '../../../../src/core/forecast/outlook.ts';
import type { PastCall } from '../../../../src/core/forecast/pastCall.ts';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { promptTokens } from '../../../../src/core/usage.ts';
import { readPastCalls } from '../../../../src/engine/preflight/history.ts';
import { realLedger, realRuns } from '../../../support/realLedger.ts';

const card = defaultRateCard({ overrides: {}, aliases: {} });

function foretold(memory: Memory, call: PastCall): Outlook {
  const { at, model, effort, provider, agent, session, tokens } = call;
  const last = memory.last(session, null);
  const before = last === null ? Infinity : promptTokens(last.tokens) + last.tokens.output;
  const ask = {
    at,
    model,
    effort,
    provider,
    last,
    promptTokens: Math.max(0, promptTokens(tokens) - before),
    usual: memory.usual(agent, model),
    preamble: memory.preamble(call),
    maxOutput: null,
    thinkingCapped: null,
  };
  return foretell(ask, memory.tasks(), card) ?? assert.fail(`no price for ${model}`);
}

describe("estimates on real clients' records", () => {
  it('are told of every task from those before it', async () => {
    const calls = readPastCalls(await realLedger(realRuns(), card));
    const memory = createMemory(card);
    const tasks = new Map<string, { readonly outlook: Outlook; cost: number }>();
    for (const call of calls) {
      const key = `${call.session} ${call.turn}`;
      const known = tasks.get(key);
      if (known !== undefined) known.cost += call.cost ?? 0;
      else if (call.turn !== null) tasks.set(key, { outlook: foretold(memory, call), cost: call.cost ?? 0 });
      memory.add(call);
    }
    const all = [...tasks.values()];
    const share = (isBelow: (o: Outlook, cost: number) => boolean): number =>
      all.filter(({ outlook, cost }) => isBelow(outlook, cost)).length / all.length;
    const median = share((o, cost) => cost <= o.task.median);
    const p90 = share((o, cost) => cost <= o.task.p90);
    console.log(
      `      ${all.length} tasks: ${(100 * median).toFixed(0)} % under the median, ${(100 * p90).toFixed(0)} % under the 90th percentile`,
    );
    // A few dozen scripted tasks: what they show is that nothing is far off.
    assert.ok(all.length > 30 && median > 0.25 && median < 0.75 && p90 > 0.7, `${median} ${p90}`);
  });
});
