import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outlook } from '../../../../src/core/forecast/outlook.ts';
import type { HookEvent } from '../../../../src/core/preflight/event.ts';
import { defaultSettings } from '../../../../src/core/settings.ts';
import type { Settings } from '../../../../src/core/settings.ts';
import { readDecisions } from '../../../../src/engine/ledger/decisions.ts';
import { createJudge } from '../../../../src/engine/preflight/judge.ts';
import type { ForetellAsk } from '../../../../src/engine/preflight/judge.ts';
import type { Judge } from '../../../../src/engine/preflight/judgement.ts';
import { readSnooze, writeSnooze } from '../../../../src/engine/preflight/snooze.ts';
import { tempFolder } from '../../../support/ledgerBench.ts';
import { outlook, hookEvent } from '../../../support/hookEvent.ts';
import { createTestLedger } from '../query/testLedger.ts';
import type { TestLedger } from '../query/testLedger.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const heavy = outlook({ task: { median: 3, p90: 9 } });

interface Court {
  readonly ledger: TestLedger;
  readonly asked: ForetellAsk[];
  readonly logged: readonly string[];
  readonly judge: Judge['judge'];
  readonly choose: Judge['choose'];
  readonly leave: Judge['leave'];
  /** `rule action` of what is found. */
  found(event: HookEvent): Promise<string[]>;
  /** `rule kind action choice estimate` of what was kept, the oldest first. */
  kept(): string[];
  /** Another window's judge on the same ledger. */
  neighbour(): Court;
}

function createCourt(
  own: Partial<Settings> = {},
  foretold: Outlook | null = heavy,
  ledger = createTestLedger(),
): Court {
  const asked: ForetellAsk[] = [];
  const logged: string[] = [];
  const judge = createJudge({
    db: ledger.db,
    write: ledger.db,
    settings: () => ({ ...defaultSettings, ...own }),
    timeZone: 'UTC',
    now: () => now,
    projectOf: (cwd) => cwd,
    foretell: (ask) => {
      asked.push(ask);
      return foretold;
    },
    modelOf: ({ model, session }) => model ?? (session === 'new' ? null : 'claude-sonnet-5-5'),
    count: (text, model) => Promise.resolve({ tokens: text.length + (model === null ? 1000 : 0) }),
    thinkingCapped: () => false,
    log: (_, message) => logged.push(message),
  });
  return {
    ledger,
    asked,
    logged,
    judge: (event) => judge.judge(event),
    choose: (event, choice) => judge.choose(event, choice),
    leave: (event) => judge.leave(event),
    found: async (event) => (await judge.judge(event)).findings.map((f) => `${f.rule} ${f.action}`),
    kept: () =>
      readDecisions(ledger.db, 100)
        .toReversed()
        .map((d) => `${d.rule} ${d.kind} ${d.action} ${d.choice} ${d.estimate}`),
    neighbour: () => createCourt(own, foretold, ledger),
  };
}

const spend = (ledger: TestLedger, usd: number): void =>
  void ledger.call({ at: '2026-11-21T11:00:00Z', parts: [{ cost: BigInt(usd * 1000) * 1_000_000_000n }] });

describe('the judge', () => {
  it('lets a cheap prompt go', async () => {
    const court = createCourt({}, outlook());
    const judged = await court.judge(hookEvent());
    assert.deepEqual([judged.action, judged.findings, judged.project], ['allow', [], '/home/kim/shop']);
    assert.deepEqual(court.kept(), []);
  });

  it('asks about a heavy one and keeps what was chosen', async () => {
    const court = createCourt();
    for (const choice of ['dontSend', 'send', 'none'] as const) {
      const event = hookEvent({ prompt: choice });
      assert.equal((await court.judge(event)).action, 'ask');
      court.choose(event, choice);
    }
    assert.deepEqual(court.kept(), [
      'heavyTask prompt ask dontSend 3',
      'heavyTask prompt ask send 3',
      'heavyTask prompt ask none 3',
    ]);
    const [latest] = readDecisions(court.ledger.db, 1);
    assert.deepEqual(
      [latest?.at, latest?.agent, latest?.session, latest?.project],
      [now, 'claude', 's1', '/home/kim/shop'],
    );
  });

  it('foretells from what the event says, else from what the ledger knows of its session', async () => {
    const court = createCourt();
    court.ledger.call({ at: '2026-11-21T11:00:00Z', session: 's1', project: '/home/kim/api' });
    court.ledger.activity('s1', 'answer', '2026-11-21T11:00:00Z', { model: 'claude-sonnet-5-5' });
    await court.judge(hookEvent({ prompt: 'four', text: 'four and more' }));
    await court.judge(hookEvent({ prompt: 'four', model: null, cwd: null }));
    await court.judge(hookEvent({ prompt: 'four', model: null, cwd: null, session: 'new' }));
    assert.deepEqual(
      court.asked.map((a) => [a.promptTokens, a.project, a.thinkingCapped, a.at]),
      [
        [13, '/home/kim/shop', false, now],
        [4, '/home/kim/api', false, now],
        [1004, null, false, now],
      ],
    );
  });

  it('answers calls within a task without an estimate', async () => {
    const court = createCourt({ dailyBudget: 1 });
    spend(court.ledger, 5);
    for (const kind of ['nextCall', 'subagent'] as const) {
      assert.equal((await court.judge(hookEvent({ kind, prompt: null }))).action, 'allow');
    }
    assert.equal(court.asked.length, 0);
  });

  it('asks about the fifth subagent of a task, and after a yes about the eleventh', async () => {
    const court = createCourt();
    const actions: string[] = [];
    for (let n = 1; n <= 11; n++) {
      const event = hookEvent({ kind: 'subagent', prompt: null, id: `t${n}` });
      const { action } = await court.judge(event);
      actions.push(action);
      if (action === 'ask') court.choose(event, 'send');
    }
    const asked = actions.flatMap((action, n) => (action === 'ask' ? [n + 1] : []));
    assert.deepEqual([asked, actions.length], [[5, 11], 11]);
  });

  it('leaves the fifth to the agent, and asks again at twice as many once the task has gone on', async () => {
    const court = createCourt();
    const launch = async (n: number): Promise<string> => {
      const event = hookEvent({ kind: 'subagent', prompt: null, id: `t${n}` });
      const { action } = await court.judge(event);
      if (action === 'ask') court.leave(event);
      return action;
    };
    const actions: string[] = [];
    for (let n = 1; n <= 7; n++) actions.push(await launch(n));
    await court.judge(hookEvent({ kind: 'nextCall', prompt: null }));
    for (let n = 8; n <= 11; n++) actions.push(await launch(n));
    const asked = actions.flatMap((action, n) => (action === 'ask' ? [n + 1] : []));
    assert.deepEqual(asked, [5, 11]);
    assert.deepEqual(court.kept(), ['subagents subagent ask null null', 'subagents subagent ask null null']);
  });

  it('asks nothing more in a session that is allowed, in no window, and goes on asking in others', async () => {
    const court = createCourt();
    const event = hookEvent();
    await court.judge(event);
    court.choose(event, 'always');
    assert.deepEqual(await court.found(hookEvent({ prompt: 'next' })), []);
    assert.deepEqual(await court.neighbour().found(hookEvent({ prompt: 'next' })), []);
    assert.deepEqual(await court.found(hookEvent({ session: 's2' })), ['heavyTask ask']);
    assert.deepEqual(await court.found(hookEvent({ agent: 'codex' })), ['heavyTask ask']);
  });

  it('asks nothing while it is snoozed', async () => {
    const court = createCourt({ caps: { '*': { day: 1 } } });
    spend(court.ledger, 1);
    writeSnooze(court.ledger.db, now + 1);
    assert.deepEqual(await court.found(hookEvent()), []);
    writeSnooze(court.ledger.db, now);
    assert.deepEqual(await court.found(hookEvent()), ['heavyTask ask', 'cap ask']);
    assert.equal(readSnooze(court.ledger.db), now);
  });

  it('refuses at a hard cap, whoever is asleep or allowed, and keeps that', async () => {
    const court = createCourt({ caps: { '*': { day: 1, hard: true } } });
    const first = hookEvent();
    await court.judge(first);
    court.choose(first, 'always');
    writeSnooze(court.ledger.db, now + 1000);
    assert.deepEqual(await court.found(hookEvent()), []);
    spend(court.ledger, 1);
    const kinds = ['prompt', 'nextCall', 'subagent'] as const;
    for (const kind of kinds) {
      const judged = await court.judge(hookEvent({ kind }));
      assert.deepEqual([judged.action, judged.findings.map((f) => f.rule)], ['deny', ['cap']]);
    }
    assert.deepEqual(court.kept(), [
      'heavyTask prompt ask always 3',
      'cap prompt deny null 3',
      ...kinds.slice(1).map((kind) => `cap ${kind} deny null null`),
    ]);
  });

  it('asks at a soft cap, and again when a quarter more is spent', async () => {
    const court = createCourt({ caps: { '/home/kim': { day: 1 } } }, null);
    const next = hookEvent({ kind: 'nextCall', prompt: null });
    spend(court.ledger, 0.9);
    assert.equal((await court.judge(next)).action, 'allow');
    spend(court.ledger, 0.2);
    assert.equal((await court.judge(next)).action, 'ask');
    court.choose(next, 'send');
    spend(court.ledger, 0.24);
    assert.equal((await court.judge(hookEvent({ kind: 'nextCall', prompt: null }))).action, 'allow');
    spend(court.ledger, 0.02);
    assert.equal((await court.judge(hookEvent({ kind: 'nextCall', prompt: null }))).action, 'ask');
    assert.deepEqual(court.kept(), ['cap nextCall ask send null']);
  });

  it('asks about thinking once a session, and of a prompt sent again until it is agreed to', async () => {
    const court = createCourt({}, outlook({ thinkingP90: 2 }));
    const held = hookEvent();
    assert.deepEqual(await court.found(held), ['thinking ask']);
    assert.deepEqual(await court.found(hookEvent({ prompt: 'another' })), []);
    const again = hookEvent();
    assert.deepEqual(await court.found(again), ['thinking ask']);
    court.choose(again, 'send');
    assert.deepEqual(await court.found(hookEvent()), []);
    assert.deepEqual(court.kept(), ['thinking prompt ask send 0.1']);
    assert.deepEqual(await court.found(hookEvent({ session: 's2' })), ['thinking ask']);
  });

  it('takes no answer to what it has not judged', () => {
    const court = createCourt();
    court.choose(hookEvent(), 'send');
    assert.deepEqual(court.kept(), []);
  });

  it('keeps no word of a prompt', async () => {
    const temp = tempFolder();
    const path = join(temp.path, 'ledger.db');
    const ledger = createTestLedger(path);
    const court = createCourt({}, heavy, ledger);
    const event = hookEvent({ prompt: 'a telling sentence', text: 'a telling sentence, and more' });
    await court.judge(event);
    court.choose(event, 'send');
    ledger.db.close();
    const bytes = readFileSync(path);
    temp.remove();
    assert.ok(bytes.includes('heavyTask') && !bytes.includes('telling'));
  });

  it('judges on when decisions cannot be kept, and says so once', async () => {
    const court = createCourt();
    court.ledger.db.exec('DROP TABLE decision; CREATE TABLE decision (agent, session, choice)');
    for (const prompt of ['go on', 'go further']) {
      const event = hookEvent({ prompt });
      assert.equal((await court.judge(event)).action, 'ask');
      assert.doesNotThrow(() => court.choose(event, 'send'));
    }
    assert.equal(court.logged.length, 1);
    assert.match(court.logged[0] ?? '', /^a decision was not kept: /);
  });
});
