import assert from 'node:assert/strict';
import { commandId } from '../../../src/core/commands.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { tooltipCommands, tooltipMarkdown } from '../../../src/core/statusTooltip.ts';
import { untranslated } from '../../../src/core/translate.ts';
import { sessionOf, snapshotAt, snapshotOf, sourceOf, totalsOf } from '../../support/snapshot.ts';

const hostile = '[click](command:evil) $(flame) <img src=x>|\n# https://x.example **b**';
const unpriced = { calls: 3, tokens: 900, models: ['model-x', 'model-y'] };
const cache = { until: snapshotAt + 220_000, extra: 0.55 };
const preflight = {
  agents: [
    { label: 'Claude Code', pending: false },
    { label: 'Codex', pending: true },
  ],
  snoozedUntil: 0,
};
const scan = { state: 'scanning', filesDone: 1204, filesTotal: 3000, bytesDone: 42, bytesTotal: 100 } as const;

const read = { locale: 'en', now: snapshotAt };

function tooltip(more: Partial<Snapshot> = {}): string {
  return tooltipMarkdown(snapshotOf(more), read, untranslated);
}

const shown: readonly (readonly [string, Partial<Snapshot>, string])[] = [
  ['what the figures are', {}, '**Burn Meter** · list value'],
  ['how fast it burns, and since when', {}, '| Burn rate | **$3.10/h** | &emsp;last 10 minutes |'],
  ['that they are no bill', { subscription: true }, 'list value, covered by your subscription'],
  ['whose machine it is', { host: 'ssh:devbox' }, '**Burn Meter** · ssh\\:devbox'],
  ['today', {}, '| Today | **$4.21** | &emsp;132 calls |'],
  ['the session', {}, '| This session (Claude Code\\, shop) | **$1.10** | &emsp;31 calls |'],
  ['the week', {}, '| This week | **$31.50** | &emsp;800 calls |'],
  ['the month', {}, '| Month to date | **$187.40** | &emsp;2,500 calls |'],
  ['no figure for unpriced calls', { today: totalsOf(3, 0, { unpriced }) }, '| Today | **unpriced** | &emsp;3 calls |'],
  [
    'each agent at work',
    { active: [sessionOf({ effort: 'high' })] },
    '- Claude Code\\, shop · claude\\-opus\\-5\\-5 high · 148k of 1M context (15%) · $1.10 · waiting for the model',
  ],
  [
    'an agent of which little is known',
    { active: [sessionOf({ project: null, model: null, contextWindow: null, state: 'stale' })] },
    '- Claude Code · 148k context · $1.10 · quiet',
  ],
  ['a folder on Windows', { active: [sessionOf({ project: 'C:\\src\\shop\\' })] }, '- Claude Code\\, shop ·'],
  [
    'what a cache is worth while its agent waits',
    { active: [sessionOf({ state: 'waiting for you', cache })] },
    'waiting for you  \n  $(watch) reply within 3:40 or the next turn costs +$0.55\n',
  ],
  [
    'the cache of a quiet session that leads',
    { active: [], session: sessionOf({ state: 'stale', cache }) },
    '\n\n$(watch) Claude Code\\, shop: reply within 3:40 or the next turn costs +$0.55\n\n',
  ],
  [
    'a call in flight',
    { active: [sessionOf({ inFlight: { since: snapshotAt, median: 0.4, p90: 1.1 } })] },
    'waiting for the model  \n  $(arrow-up) in flight: about $0.40, 9 in 10 stay below $1.10\n',
  ],
  [
    'that no agent asks',
    {},
    '$(shield) Pre-flight: off · [Set Up…](command:burnMeter.preflightHooks) · [Thinking Settings…](',
  ],
  ['which agents ask', { preflight }, '$(shield) Pre-flight: Claude Code, Codex \\(waiting for your review\\) · ['],
  [
    'that it is snoozed, and how to end that',
    { preflight: { ...preflight, snoozedUntil: snapshotAt + 900_000 } },
    ' · snoozed until 10:57 AM · [Set Up',
  ],
  ['how many more are at work', { active: Array.from({ length: 9 }, () => sessionOf()) }, '- 3 more'],
  [
    'unpriced calls with their models',
    { month: totalsOf(9, 1, { unpriced }) },
    '$(question) Unpriced this month: 3 calls (model\\-x, model\\-y)',
  ],
  [
    'what the agents did not record',
    { sources: [sourceOf({ notRecordedUsd: 0.125 })] },
    '$(info) Claude Code counted \\$0\\.13 more itself than its call records hold\\.',
  ],
  ['problems', { problems: 2 }, '$(warning) 2 records could not be read. [Show Log](command:burnMeter.showLog)'],
  ['a problem', { problems: 1 }, '$(warning) 1 record could not be read.'],
  ['the budget', { budget: { level: 'error', reason: 'Past it' } }, '$(error) Past it'],
  [
    'the scan',
    { scan },
    '$(sync~spin) Reading records: 1,204 of 3,000 files (42%). [Cancel Scan](command:burnMeter.cancelScan)',
  ],
  [
    'a scan that was stopped',
    { scan: { ...scan, state: 'cancelled' } },
    'Reading stopped at 42%, older calls are missing. [Resume Scan](command:burnMeter.resumeScan)',
  ],
  ['the last call', {}, 'Last call 10:41:00 AM · 12 record files watched'],
  ['the day of an older last call', { lastCallAt: snapshotAt - 86_400_000 }, 'Last call Nov 20, 2026 10:42:00 AM'],
  ['its time in the zone of the snapshot', { timeZone: 'Asia/Tokyo' }, 'Last call 7:41:00 PM'],
  ['that there was none', { lastCallAt: null }, 'No call has been recorded on this machine yet.'],
];

const hidden: readonly (readonly [string, Partial<Snapshot>, RegExp])[] = [
  ['a session when there is none', { session: null }, /This session/],
  ['agents when none is at work', { active: [] }, /Active now/],
  ['notes when there is nothing to note', {}, /\$\((warning|question|info|error|sync~spin|debug-pause)\)/],
  ['a burn rate when nothing burns', { burnRate: null }, /\/h/],
  ['a cache that keeps being used', { active: [sessionOf({ cache })] }, /\$\(watch\)/],
  ['a snooze that is over', { preflight: { ...preflight, snoozedUntil: snapshotAt } }, /snoozed/],
];

describe('status tooltip', () => {
  for (const [name, snapshot, text] of shown) {
    it(`shows ${name}`, () => assert.ok(tooltip(snapshot).includes(text), tooltip(snapshot)));
  }
  for (const [name, snapshot, pattern] of hidden) {
    it(`leaves out ${name}`, () => assert.doesNotMatch(tooltip(snapshot), pattern));
  }

  it('waits for the engine', () => assert.equal(tooltipMarkdown(null, read, untranslated), 'Burn Meter is starting'));

  it('links only to commands that it names to VS Code', () => {
    const all = [tooltip({ scan, problems: 1, preflight }), tooltip({ scan: { ...scan, state: 'cancelled' } })].join(
      '\n',
    );
    const linked = new Set([...all.matchAll(/\]\(command:([\w.]+)\)/g)].map((match) => match[1] ?? ''));
    assert.deepEqual([...linked].toSorted(), tooltipCommands.map(commandId).toSorted());
  });

  it('takes text from records literally', () => {
    const told = { model: hostile, project: `/home/${hostile}`, agentLabel: hostile, effort: hostile };
    const source = sourceOf({ label: hostile, notRecordedUsd: 1 });
    const month = totalsOf(1, 0, { unpriced: { calls: 1, tokens: 1, models: [hostile] } });
    const budget = { level: 'warning', reason: hostile } as const;
    const text = tooltip({
      session: sessionOf(told),
      active: [sessionOf(told)],
      sources: [source],
      month,
      budget,
      host: hostile,
      preflight: { agents: [{ label: hostile, pending: true }], snoozedUntil: 0 },
    });
    assert.doesNotMatch(text, /\]\(command:evil|(?<!\\)<img|\$\(flame\)|https:\/\/|(?<!\\)\*\*b|\n#/);
    // Icons are made after Markdown has taken its backslashes away.
    assert.ok(!text.replaceAll('\\', '').includes('$(flame)'));
    for (const line of text.split('\n').filter((row) => row.startsWith('|'))) {
      assert.equal(line.split(/(?<!\\)\|/).length, 5, `three cells in ${line}`);
    }
  });
});
