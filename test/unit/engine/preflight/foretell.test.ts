import assert from 'node:assert/strict';
import type { Outlook } from '../../../../src/core/forecast/outlook.ts';
import type { HookEvent } from '../../../../src/core/preflight/event.ts';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { createForeteller } from '../../../../src/engine/preflight/foretell.ts';
import type { Foreteller } from '../../../../src/engine/preflight/foretell.ts';
import type { ForetellAsk } from '../../../../src/engine/preflight/judge.ts';
import { realLedger } from '../../../support/realLedger.ts';
import { createTestLedger } from '../query/testLedger.ts';
import type { TestLedger } from '../query/testLedger.ts';

const rates = defaultRateCard({ overrides: {}, aliases: {} });
const now = Date.parse('2026-11-09T12:00:00Z');

type Chosen = (agent: string) => string | null;

function fortune(
  fill: (ledger: TestLedger) => void,
  effortOf: Chosen = () => null,
  modelOf: Chosen = () => null,
): Foreteller {
  const ledger = createTestLedger();
  fill(ledger);
  return createForeteller({ db: ledger.db, card: () => rates, clock: () => 0, effortOf, modelOf });
}

function ask(more: Partial<HookEvent> = {}, project: string | null = '/home/kim/shop'): ForetellAsk {
  const who = { kind: 'prompt', agent: 'claude', session: 's1', id: null, cwd: null } as const;
  const what = { model: null, effort: null, prompt: 'x', text: null, maxOutput: null };
  return { event: { ...who, ...what, ...more }, project, promptTokens: 200, thinkingCapped: null, at: now };
}

const context = { cacheRead: 140_000, cacheWrite5m: 7000, output: 1000 };
/** Twenty tasks of one call, and one session that goes on. */
function working(l: TestLedger): void {
  for (let i = 0; i < 20; i += 1) {
    const at = `2026-11-08T12:00:${String(i).padStart(2, '0')}Z`;
    l.call({ at, session: `past${i}`, turn: 't', parts: [{ cacheWrite5m: 14_000 + i * 100, output: 100 * (i + 1) }] });
  }
  l.call({ at: '2026-11-09T11:58:00Z', turn: 't', parts: [context] });
  l.activity('s1', 'turnEnd', '2026-11-09T11:58:00Z', { turn: 't' });
}

describe('what a prompt is foretold to cost', () => {
  const told = (fill: (l: TestLedger) => void, asked: ForetellAsk): Outlook | null => fortune(fill).foretell(asked);

  it("goes on from the session's last call", () => {
    const found = told(working, ask());
    assert.deepEqual([found?.model, found?.context, found?.cache.state], ['claude-opus-5-5', 148_200, 'warm']);
    assert.deepEqual(found?.basis, { tasks: 21, like: 'model and effort' });
    assert.equal(found?.reasons[0], '148k context, cache warm');
  });

  it('is cold once the cache has expired', () => {
    const late = { ...ask(), at: now + 70 * 60_000 };
    assert.match(told(working, late)?.reasons[0] ?? '', /^148k context, cache cold for 67 min \(\+\$0\.71\)$/);
  });

  it('goes on from a summary once the session was compacted', () => {
    const compact = (at: string) => (l: TestLedger) => {
      working(l);
      l.db.exec(`INSERT INTO compaction SELECT id, ${Date.parse(at)} FROM session WHERE key = 's1'`);
    };
    const found = told(compact('2026-11-09T11:59:00Z'), ask());
    // The usual preamble, a summary and the prompt.
    assert.deepEqual([found?.context, found?.cache.state], [22_200, 'warm']);
    const late = { ...ask(), at: now + 70 * 60_000 };
    // 14k written anew: 14k × (5 − 0.2) µ$
    assert.equal(
      told(compact('2026-11-09T11:59:00Z'), late)?.reasons[0],
      '22k context, cache cold for 67 min (+$0.07)',
    );
    // An older one is in the last call's context already.
    assert.equal(told(compact('2026-11-09T11:57:00Z'), ask())?.context, 148_200);
  });

  it('knows from a real run that it was compacted, and when last', async () => {
    const db = await realLedger(['codex/compact'], rates);
    const found = db.prepare('SELECT at FROM compaction').all();
    assert.deepEqual(found, [{ __proto__: null, at: Date.parse('2026-11-21T02:13:58.391Z') }]);
  });

  it("has the project's median preamble in a new session", () => {
    const found = told(working, ask({ session: 'new' }));
    // Of 14,000 … 15,900 and the 147,000 that s1 began with.
    assert.deepEqual([found?.context, found?.cache.state], [15_200, 'none']);
    assert.equal(told(working, ask({ session: 'new' }, '/elsewhere'))?.context, 15_200);
  });

  it('follows what the event says, then the session, then the settings', () => {
    const fill = (l: TestLedger): void => {
      working(l);
      l.db.exec("UPDATE activity SET model = 'claude-sonnet-5-5', effort = 'high'");
    };
    const both = (f: Foreteller, asked: ForetellAsk): (string | null | undefined)[] => {
      const found = f.foretell(asked);
      return [found?.model, found?.effort];
    };
    const settings = (): string => 'low';
    assert.deepEqual(both(fortune(fill), ask({ model: 'claude-haiku-5-5', effort: 'max' })), [
      'claude-haiku-5-5',
      'max',
    ]);
    assert.deepEqual(both(fortune(fill), ask()), ['claude-sonnet-5-5', 'high']);
    assert.deepEqual(both(fortune(working), ask()), ['claude-opus-5-5', null]);
    assert.deepEqual(both(fortune(working, settings), ask()), ['claude-opus-5-5', 'low']);
    assert.deepEqual(both(fortune(working, settings), ask({ session: 'new' })), ['claude-opus-5-5', 'low']);
  });

  it('counts with the model that it foretells with', () => {
    const settings = (agent: string): string | null => (agent === 'gemini' ? 'gemini-2.5-pro' : 'claude-sonnet-5-5');
    const f = fortune(working, undefined, settings);
    const cases: readonly [asked: ForetellAsk, model: string][] = [
      [ask({ model: 'claude-haiku-5-5' }), 'claude-haiku-5-5'],
      [ask(), 'claude-opus-5-5'],
      [ask({ session: 'new' }), 'claude-sonnet-5-5'],
      [ask({ agent: 'gemini', session: 'g' }), 'gemini-2.5-pro'],
    ];
    for (const [asked, model] of cases) {
      assert.deepEqual([f.modelOf(asked.event, now), f.foretell(asked)?.model], [model, model]);
    }
    assert.equal(fortune(working).modelOf(ask({ session: 'new' }).event, now), 'claude-opus-5-5');
    assert.equal(fortune(working).modelOf(ask({ agent: 'gemini', session: 'g' }).event, now), null);
  });

  it("does not take a subagent's model for the session's", () => {
    const fill = (l: TestLedger): void => {
      working(l);
      l.db.exec("UPDATE activity SET model = 'claude-haiku-5-5', subagent = 'x'");
    };
    assert.equal(told(fill, ask())?.model, 'claude-opus-5-5');
  });

  it('needs only a model of an agent without history', () => {
    const found = told(() => undefined, ask({ agent: 'gemini', model: 'gemini-2.5-pro' }));
    assert.equal(found?.basis.like, 'none');
    // What sessions usually begin with, and the prompt.
    assert.equal(found.context, 14_200);
    assert.equal(found.reasons[0], 'a new session, 14k context taken as usual');
    assert.ok(found.task.p90 > found.task.median && found.task.median > found.call.median);
  });

  it("takes the user's last model where the agent has none, and is none without any", () => {
    const guess = told(working, ask({ agent: 'gemini', session: 'g' }));
    assert.equal(guess?.model, 'claude-opus-5-5');
    assert.ok(guess.reasons.includes('model not told, taken for claude-opus-5-5'));
    assert.ok(!told(working, ask())?.reasons.some((reason) => reason.startsWith('model')));
    assert.equal(
      told(() => undefined, ask()),
      null,
    );
    assert.equal(told(working, ask({ model: 'mystery-1' })), null);
  });

  it('does not count the task that is going on', () => {
    const fill = (l: TestLedger): void => {
      working(l);
      l.activity('s1', 'answer', '2026-11-09T11:58:00Z', { turn: 't' });
    };
    assert.equal(told(fill, ask())?.basis.tasks, 20);
  });
});
