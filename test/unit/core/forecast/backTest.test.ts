import assert from 'node:assert/strict';
import { usd } from '../../../../src/core/format.ts';
import { foretell } from '../../../../src/core/forecast/foretell.ts';
import { createMemory } from '../../../../src/core/forecast/memory.ts';
import type { Memory } from '../../../../src/core/forecast/memory.ts';
import type { Outlook } from '../../../../src/core/forecast/outlook.ts';
import { chargePart } from '../../../../src/core/pricing/price.ts';
import { promptTokens } from '../../../../src/core/usage.ts';
import { pastCalls } from '../../../support/pastCalls.ts';
import { ratesCard } from '../../../support/ratesCard.ts';
import { createUser, profiles } from '../../../support/users.ts';
import type { Profile, UserTask } from '../../../support/users.ts';

const card = ratesCard();
const users = 200;
/** Each user's every fourth task is foretold from all that came before it. */
const every = 4;
const tasksAtMost = 80;

function foretold(memory: Memory, task: UserTask): Outlook {
  const { at, model, effort, project, session, promptTokens: tokens } = task;
  const agent = 'someone';
  const ask = {
    at,
    model,
    effort,
    promptTokens: tokens,
    maxOutput: null,
    thinkingCapped: null,
    last: memory.last(session, null),
    usual: memory.usual(agent, model),
    provider: model.startsWith('claude') ? 'anthropic' : 'openai',
    preamble: memory.preamble({ agent, project, model, at }),
  };
  const found = foretell(ask, memory.tasks(), card);
  assert.ok(found);
  return found;
}

interface Case {
  readonly outlook: Outlook;
  readonly task: number;
  readonly call: number;
  readonly index: number;
}

const made = new Map<Profile, readonly Case[]>();

function casesOf(profile: Profile): readonly Case[] {
  const cases = made.get(profile) ?? makeCases(profile);
  made.set(profile, cases);
  return cases;
}

function makeCases(profile: Profile): Case[] {
  return tried(profile, 1, tasksAtMost, (index) => index % every === every - 1);
}

/** What is foretold of those tasks that `isTried` picks, of so many users from a seed on. */
function tried(profile: Profile, from: number, atMost: number, isTried: (index: number) => boolean): Case[] {
  return Array.from({ length: users }, (_, seed) => {
    const memory = createMemory(card);
    return createUser(profile, from + seed, atMost).flatMap((task, index) => {
      const outlook = isTried(index) ? foretold(memory, task) : null;
      for (const call of pastCalls(task, index)) memory.add(call);
      const first = usd(BigInt(task.calls[0]?.pico ?? 0));
      return outlook === null ? [] : [{ outlook, task: usd(BigInt(task.pico)), call: first, index }];
    });
  }).flat();
}

function shareOf(cases: readonly Case[], isBelow: (c: Case) => boolean): number {
  return (100 * cases.filter(isBelow).length) / cases.length;
}

function assertWithin(share: number, from: number, to: number, what: string): void {
  assert.ok(share >= from && share <= to, `${share.toFixed(1)} % of actual costs are under the ${what}`);
}

describe('estimates on people who were made up before them', () => {
  for (const profile of profiles) {
    it(`${profile.name}: costs fall under the median and the 90th percentile as often as they should`, () => {
      const cases = casesOf(profile);
      const median = shareOf(cases, (c) => c.task <= c.outlook.task.median);
      const p90 = shareOf(cases, (c) => c.task <= c.outlook.task.p90);
      const callMedian = shareOf(cases, (c) => c.call <= c.outlook.call.median);
      const callP90 = shareOf(cases, (c) => c.call <= c.outlook.call.p90);
      const shares = [median, p90, callMedian, callP90].map((s) => `${s.toFixed(1)} %`);
      console.log(
        `      ${users} users, ${cases.length} tasks: task ${shares.slice(0, 2).join(', ')}; call ${shares.slice(2).join(', ')}`,
      );
      assertWithin(median, 40, 60, 'median of the task');
      assertWithin(p90, 80, 97, '90th percentile of the task');
      assertWithin(callMedian, 40, 60, 'median of the call');
      assertWithin(callP90, 80, 97, '90th percentile of the call');
      // Not by being silent: with a cold cache, a new session and a warm one each on its own, from the twelfth task on.
      for (const state of ['warm', 'cold', 'none']) {
        const some = cases.filter((c) => c.outlook.cache.state === state && c.index >= 12);
        assertWithin(
          shareOf(some, (c) => c.task <= c.outlook.task.median),
          38,
          62,
          `median when ${state}`,
        );
        assertWithin(
          shareOf(some, (c) => c.task <= c.outlook.task.p90),
          80,
          97,
          `90th percentile when ${state}`,
        );
      }
    }).timeout(20_000);

    it(`${profile.name}: costs of the first twelve tasks do nearly so`, () => {
      const cases = tried(profile, 30_001, 12, () => true);
      const median = shareOf(cases, (c) => c.task <= c.outlook.task.median);
      const p90 = shareOf(cases, (c) => c.task <= c.outlook.task.p90);
      console.log(`      ${users} other users, ${cases.length} tasks: ${median.toFixed(1)} %, ${p90.toFixed(1)} %`);
      assertWithin(median, 35, 65, 'median of the first tasks');
      assertWithin(p90, 75, 97, '90th percentile of the first tasks');
    }).timeout(20_000);

    it(`${profile.name}: the same prices as their own arithmetic`, () => {
      const calls = createUser(profile, 1, tasksAtMost).flatMap((task, index) => pastCalls(task, index));
      const sum = calls.reduce((total, { provider, model, at, tokens, speed, tier, region }) => {
        const rate = card.rate({ provider, model, at, prompt: promptTokens(tokens), speed, tier, region });
        return total + (chargePart({ model, tokens }, rate, 0).cost ?? 0n);
      }, 0n);
      assert.equal(sum, BigInt(createUser(profile, 1, tasksAtMost).reduce((total, task) => total + task.pico, 0)));
    });
  }

  it('tell more than the same two figures for every task would', () => {
    for (const profile of profiles) {
      const late = casesOf(profile).filter((c) => c.index >= 20);
      const loss = (actual: number, stated: number, p: number): number => {
        const off = Math.log(actual / stated);
        return off > 0 ? p * off : (p - 1) * off;
      };
      const own = late.reduce((sum, { task, outlook: o }) => sum + loss(task, o.task.median, 0.5), 0);
      const flat = late.reduce((sum, { task, outlook: o }) => sum + loss(task, o.medianTask ?? 0, 0.5), 0);
      assert.ok(own < 0.97 * flat, `${profile.name}: ${own} against ${flat}`);
    }
  }).timeout(20_000);
});
