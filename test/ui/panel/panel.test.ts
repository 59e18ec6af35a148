import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { formatCount, formatUsd } from '../../../src/core/format.ts';
import type { FromPanel } from '../../../src/core/panelProtocol.ts';
import type { CallDetail, Query } from '../../../src/core/query.ts';
import { answerFrom, panelNow, seedCalls, snapshotOf } from '../../support/panelData.ts';
import { launchChromium } from '../../vscode/chromium.mjs';
import { bundlePanel, openPanel } from './harness.ts';
import type { Bundle, PanelOptions, PanelPage } from './harness.ts';
import { themeNames } from './themes.ts';

const pictures = 'out/ui/panel';

function breakdownOf(calls: readonly CallDetail[], span: '7d' | '30d' | 'today') {
  const answer = answerFrom(calls, { kind: 'breakdown', span, filter: {}, stack: 'model' });
  assert.ok(answer !== null && 'tables' in answer);
  return answer;
}

function queriesIn(said: readonly FromPanel[], kind: Query['kind']): Query[] {
  return said.flatMap((m) => (m.type === 'query' && m.query.kind === kind ? [m.query] : []));
}

async function value(page: Page, id: string): Promise<string> {
  return (await page.getByTestId(`headline-${id}`).locator('.value').innerText()).trim();
}

/** Waits until a locator says so; fails with what it says instead. */
async function says(locator: Locator, text: string | RegExp): Promise<void> {
  await locator.filter({ hasText: text }).first().waitFor();
}

const rowsOf = (page: Page, table: string): Locator => page.getByTestId(table).locator('tbody > tr[data-key]');
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement?.textContent?.trim() ?? ""');

/** One more call of now, like the last one. */
const nextCall = (calls: readonly CallDetail[], i = 0): CallDetail => {
  const last = calls.findLast((c) => c.listCost !== null);
  assert.ok(last);
  return { ...last, id: 90_000 + i, at: panelNow - 1000 + i };
};

describe('panel in a browser', function () {
  this.timeout(30_000);
  let browser: Browser;
  let bundle: Bundle;
  let open: PanelPage[] = [];

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    [bundle, browser] = await Promise.all([bundlePanel(), launchChromium()]);
  });
  after(() => browser.close());

  /** Every panel a test opens must end without an error of the page or a breach of its content policy. */
  afterEach(async () => {
    const errors = open.flatMap((panel) => panel.errors);
    await Promise.all(open.map((panel) => panel.page.close()));
    open = [];
    assert.deepEqual(errors, []);
  });

  async function show(options: PanelOptions = {}, calls = seedCalls(7)): Promise<PanelPage> {
    const panel = await openPanel(browser, bundle, calls, options);
    panel.page.setDefaultTimeout(5_000);
    open.push(panel);
    return panel;
  }

  async function shown(options: PanelOptions = {}, calls?: CallDetail[]): Promise<PanelPage> {
    const panel = await show(options, calls);
    await panel.page.getByTestId('chart').waitFor();
    return panel;
  }

  it('is at most 450 KB', () => assert.ok(bundle.js.length <= 450_000, `${bundle.js.length} bytes`));

  describe('looks', () => {
    for (const theme of themeNames) {
      for (const width of [320, 1000]) {
        it(`at home in ${theme} at ${width}`, async () => {
          const { page } = await shown({ theme, width });
          await page.locator('[data-span="30d"]').click();
          await rowsOf(page, 'table-model').first().waitFor();
          assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= width, 'scrolls sideways');
          await page.screenshot({ path: `${pictures}/${theme}-${width}.png`, fullPage: true });
        });
      }
    }

    it('still for those who ask for less motion', async () => {
      const { page } = await shown({ reducedMotion: true });
      const moves = await page.evaluate<string>(
        'getComputedStyle(document.querySelector(".figures")).transitionDuration',
      );
      assert.match(moves, /^0s/);
    });
  });

  describe('period', () => {
    it('shows the figures of a week, then of the chosen period', async () => {
      const { page, calls } = await shown();
      const week = breakdownOf(calls, '7d').totals;
      assert.deepEqual(
        [await value(page, 'cost'), await value(page, 'calls')],
        [formatUsd(week.listCost), formatCount(week.calls)],
      );
      await page.getByTestId('period').locator('[data-span="30d"]').click();
      const month = breakdownOf(calls, '30d').totals;
      await says(page.getByTestId('headline-cost'), formatUsd(month.listCost));
      assert.equal(await value(page, 'calls'), formatCount(month.calls));
      assert.equal(await page.locator('[data-span="30d"]').getAttribute('aria-pressed'), 'true');
    });

    it('says what changed in words too', async () => {
      const { page, calls } = await shown();
      const { totals, previous } = breakdownOf(calls, '7d');
      assert.ok(previous);
      const direction = totals.listCost > previous.listCost ? 'up' : 'down';
      const spoken = page.getByTestId('headline-cost').locator('.hidden-text');
      assert.match(
        await spoken.innerText(),
        new RegExp(`^${direction} \\d+% from \\${formatUsd(previous.listCost)}, in the period before`),
      );
    });

    it('takes two dates', async () => {
      const { page, said } = await shown();
      await page.locator('[data-span="custom"]').click();
      await page.locator('input[name=from]').fill('2026-11-02');
      await page.locator('input[name=to]').fill('2026-11-05');
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await says(page.locator('[data-span="custom"]'), 'Nov 2 – 5, 2026');
      const span = queriesIn(said, 'breakdown').map((q) => q.kind === 'breakdown' && q.span);
      assert.deepEqual(span.at(-1), { from: '2026-11-02', to: '2026-11-05' });
    });

    it('shows hours for a day', async () => {
      const { page } = await shown();
      await page.locator('[data-span="today"]').click();
      await says(page.locator('h2'), 'List value by hour');
    });
  });

  describe('chart', () => {
    it('switches its stack and toggles its series', async () => {
      const { page, said } = await shown();
      await page.locator('[data-stack="agent"]').click();
      await says(page.locator('.legend'), 'Claude Code');
      assert.ok(queriesIn(said, 'breakdown').some((q) => q.kind === 'breakdown' && q.stack === 'agent'));
      const segments = page.locator('.segment');
      const before = await segments.count();
      const codex = page.locator('.legend button', { hasText: 'Codex' });
      await codex.click();
      assert.equal(await codex.getAttribute('aria-pressed'), 'false');
      assert.ok((await segments.count()) < before);
    });

    it('is read by keyboard and narrows to a day', async () => {
      const { page, said } = await shown();
      await page.locator('.column').first().focus();
      await says(page.locator('.tip'), 'Nov 15');
      await page.keyboard.press('ArrowRight');
      await says(page.locator('.tip'), 'Nov 16');
      assert.match(
        String(await page.locator('.column:focus').getAttribute('aria-label')),
        /^Mon, Nov 16: \$[\d.]+, \S+ \$/,
      );
      await page.keyboard.press('Enter');
      await says(page.getByTestId('chip'), 'Nov 16');
      const last = queriesIn(said, 'breakdown').at(-1);
      assert.deepEqual(last?.kind === 'breakdown' && last.filter, { day: '2026-11-16' });
    });

    it('has a table that says the same', async () => {
      const { page, calls } = await shown();
      const rows = page.getByTestId('chart').locator('table tbody tr');
      assert.equal(await rows.count(), breakdownOf(calls, '7d').chart.buckets.length);
      assert.match(await rows.first().innerText(), /^Sun, Nov 15.*\$/s);
    });
  });

  describe('tables', () => {
    for (const dimension of ['model', 'agent', 'project', 'branch', 'session', 'day'] as const) {
      it(`lists each ${dimension} and sorts by every column`, async () => {
        const { page, calls } = await shown();
        await page.getByTestId(`tab-${dimension}`).click();
        const groups = breakdownOf(calls, '7d').tables[dimension];
        assert.equal(await rowsOf(page, `table-${dimension}`).count(), groups.length);
        const columns = page.getByTestId(`table-${dimension}`).locator('th[data-column]');
        for (let i = 0; i < (await columns.count()); i++) {
          const column = columns.nth(i);
          await column.locator('button').click();
          const first = await column.getAttribute('aria-sort');
          await column.locator('button').click();
          const second = await column.getAttribute('aria-sort');
          assert.deepEqual(
            [first, second].toSorted((a, b) => String(a).localeCompare(String(b))),
            ['ascending', 'descending'],
          );
        }
      });
    }

    it('filters rows by text', async () => {
      const { page } = await shown();
      await page.locator('.search input').fill('opus');
      await page.locator('[data-testid=table-model] tbody tr:only-child').waitFor();
      await page.keyboard.press('Escape');
      assert.ok((await rowsOf(page, 'table-model').count()) > 1);
    });

    it('drills down by mouse to single calls and back by keyboard', async () => {
      const { page, said } = await shown();
      await rowsOf(page, 'table-model').first().click();
      await page.getByTestId('chip').waitFor();
      await page.getByTestId('table-session').waitFor();
      await rowsOf(page, 'table-session').first().click();
      await page.getByTestId('calls').waitFor();
      assert.equal(await page.getByTestId('chip').count(), 2);
      const asked = queriesIn(said, 'calls').at(-1);
      assert.deepEqual(asked?.kind === 'calls' && Object.keys(asked.filter), ['model', 'session']);
      await page.keyboard.press('Escape');
      await page.getByTestId('table-session').waitFor();
      await page.keyboard.press('Backspace');
      await page.getByTestId('table-model').waitFor();
      assert.equal(await page.getByTestId('chip').count(), 0);
    });

    it('drills down by keyboard without losing the focus', async () => {
      const { page } = await shown();
      await rowsOf(page, 'table-model').first().getByRole('button').focus();
      await page.keyboard.press('ArrowDown');
      const name = await focused(page);
      await page.keyboard.press('Enter');
      await says(page.getByTestId('chip'), name);
      assert.match(await focused(page), /^Sessions/);
    });

    it('removes a filter by its chip', async () => {
      const { page } = await shown();
      await rowsOf(page, 'table-model').first().click();
      await page.getByTestId('chip').getByRole('button').click();
      await page.getByTestId('chip').waitFor({ state: 'detached' });
    });

    it('tabs work by arrow keys', async () => {
      const { page } = await shown();
      await page.getByTestId('tab-model').focus();
      await page.keyboard.press('ArrowRight');
      await page.getByTestId('table-agent').waitFor();
      assert.match(await focused(page), /^Agents/);
    });
  });

  describe('calls', () => {
    it('come in pages', async () => {
      const { page, calls } = await shown();
      await page.locator('[data-span="30d"]').click();
      await page.getByTestId('tab-calls').click();
      const { calls: total } = breakdownOf(calls, '30d').totals;
      await says(page.locator('.pager'), `1–50 of ${formatCount(total)}`);
      await page.locator('.pager vscode-button').last().click();
      await says(page.locator('.pager'), '51–100');
    });

    it('open to their arithmetic and their record', async () => {
      const { page, calls, said } = await shown();
      await page.getByTestId('tab-calls').click();
      const call = calls.findLast((c) => c.listCost !== null);
      assert.ok(call);
      await page.getByTestId('calls').locator(`tr[data-key="${call.id}"]`).getByRole('button').press('Enter');
      const detail = page.getByTestId('call-detail');
      await says(detail, 'Cache read');
      assert.ok((await detail.innerText()).includes(formatCount(call.tokens.cacheRead)));
      assert.match(await detail.locator('tfoot').innerText(), /\$0\.\d+/);
      await says(detail, 'in force since Sep 1, 2026.');
      await detail.locator('.record button').click();
      assert.deepEqual(said.at(-1), { type: 'openRecord', file: call.file, line: call.line });
    });

    it('without a price say so and what to do', async () => {
      const { page } = await shown();
      await rowsOf(page, 'table-model').filter({ hasText: 'nightjar-preview' }).click();
      assert.equal(await value(page, 'cost'), 'unpriced');
      await page.getByTestId('tab-calls').click();
      await page.getByTestId('calls').locator('tr[data-key]').first().click();
      await says(page.getByTestId('call-detail'), 'burnMeter.priceOverrides');
      assert.doesNotMatch(await page.getByTestId('call-detail').innerText(), /\$/);
    });

    it('name their factors, long context and each model they ran', async () => {
      const calls = seedCalls(7);
      const call = calls.find((c) => c.region === 'us');
      const part = call?.parts[0];
      assert.ok(call && part?.rate);
      const advisor = { ...part, model: 'claude-advisor', rate: { ...part.rate, longContextAbove: 200_000 } };
      calls.push({ ...nextCall(calls), id: 93_000, parts: [part, advisor] });
      const { page, send } = await shown({}, calls);
      await send({ type: 'explain', call: 93_000 });
      const detail = page.getByTestId('call-detail');
      await says(detail, '× 1.1: US residency');
      await says(detail, 'above 200,000 tokens, so the whole request');
      assert.deepEqual(await detail.locator('caption').allInnerTexts(), [part.model, 'claude-advisor']);
      assert.match(await detail.locator('tbody tr').first().innerText(), /× \$[\d.]+\s+× 1\.1\s+\$0\.\d+/);
      await page.screenshot({ path: `${pictures}/explained.png` });
    });

    it('are explained on request, and left by Escape', async () => {
      const { page, calls, send } = await shown();
      await send({ type: 'explain', call: calls[0]?.id ?? 0 });
      await says(page.getByTestId('call-detail'), calls[0]?.model ?? '');
      await page.keyboard.press('Escape');
      await page.getByTestId('table-model').waitFor();
    });
  });

  describe('live', () => {
    it('takes a new call in without losing focus, order, open rows or place', async () => {
      const { page, calls, send } = await shown({ height: 500 });
      await page.getByTestId('tab-calls').click();
      await page.getByTestId('calls').locator('tr[data-key]').nth(30).getByRole('button').click();
      await page.getByTestId('call-detail').waitFor();
      const key = await page.getByTestId('call-detail').getAttribute('data-key');
      const focus = await focused(page);
      const place = (await page.getByTestId('call-detail').boundingBox())?.y ?? 0;
      const total = calls.length;
      calls.push(nextCall(calls));
      await send({ type: 'snapshot', snapshot: snapshotOf(calls) });
      await says(page.getByTestId('headline-calls'), formatCount(breakdownOf(calls, '7d').totals.calls));
      await page.getByTestId('calls').locator('tr[data-key="90000"]').waitFor();
      assert.equal(calls.length, total + 1);
      assert.equal(await page.getByTestId('call-detail').getAttribute('data-key'), key);
      assert.equal(await focused(page), focus);
      const after = (await page.getByTestId('call-detail').boundingBox())?.y ?? 0;
      // A new row above is 24 pixels high.
      assert.ok(Math.abs(after - place) < 4, `moved from ${place} to ${after}`);
    });

    it('keeps focus and order when rows trade places', async () => {
      const { page, calls, send } = await shown();
      await rowsOf(page, 'table-model').nth(1).getByRole('button').focus();
      const name = await focused(page);
      const cheap = calls.findLast((c) => c.model === 'gpt-5.5-mini');
      assert.ok(cheap);
      calls.push({ ...cheap, id: 91_000, at: panelNow - 500, listCost: 500 });
      await send({ type: 'snapshot', snapshot: snapshotOf(calls) });
      await page.locator('[data-testid=table-model] tbody tr:first-child[data-key="gpt-5.5-mini"]').waitFor();
      assert.equal(await focused(page), name);
    });

    it('asks at most twice a second in a storm, and ends with the last figures', async () => {
      const { page, calls, said, send } = await shown();
      const before = queriesIn(said, 'breakdown').length;
      const started = performance.now();
      for (let i = 0; i < 40; i++) {
        calls.push(nextCall(calls, i));
        await send({ type: 'snapshot', snapshot: snapshotOf(calls) });
      }
      await says(page.getByTestId('headline-calls'), formatCount(breakdownOf(calls, '7d').totals.calls));
      const asked = queriesIn(said, 'breakdown').length - before;
      const seconds = (performance.now() - started) / 1000;
      assert.ok(asked <= Math.ceil(seconds * 2) + 1, `${asked} questions in ${seconds.toFixed(1)} s`);
    });

    it('asks nothing when no total changed', async () => {
      const { page, calls, said, send } = await shown();
      const before = queriesIn(said, 'breakdown').length;
      await page.clock.install();
      await send({ type: 'snapshot', snapshot: snapshotOf(calls, { host: 'ssh:devbox', burnRate: 9 }) });
      await page.clock.runFor(5_000);
      await says(page.locator('.host'), 'ssh:devbox');
      assert.equal(queriesIn(said, 'breakdown').length, before);
    });
  });

  describe('memory', () => {
    it('comes back from hiding as it was left', async () => {
      const panel = await shown();
      const { page } = panel;
      await page.locator('[data-span="month"]').click();
      await page.locator('[data-stack="project"]').click();
      await rowsOf(page, 'table-model').first().click();
      await page.getByTestId('tab-branch').click();
      await page.getByTestId('table-branch').locator('th[data-column=calls] button').click();
      const chip = await page.getByTestId('chip').innerText();
      await panel.reload();
      await page.getByTestId('table-branch').waitFor();
      assert.equal(await page.getByTestId('chip').innerText(), chip);
      assert.equal(await page.locator('[data-span="month"]').getAttribute('aria-pressed'), 'true');
      assert.equal(await page.locator('[data-stack="project"]').getAttribute('aria-pressed'), 'true');
      assert.equal(await page.locator('th[data-column=calls]').getAttribute('aria-sort'), 'descending');
    });
  });

  describe('hostile names', () => {
    it('stay text everywhere', async () => {
      const { page } = await shown();
      await page.locator('[data-span="all"]').click();
      await page.locator('[data-stack="project"]').click();
      for (const tab of ['project', 'branch', 'session'] as const) {
        await page.getByTestId(`tab-${tab}`).click();
        await says(page.getByTestId(`table-${tab}`), '<img src=x onerror');
      }
      await rowsOf(page, 'table-session').filter({ hasText: '<img' }).first().click();
      await page.getByTestId('calls').locator('tr[data-key]').first().click();
      await says(page.getByTestId('call-detail'), '<img');
      await page.getByTestId('tab-problems').click();
      await says(page.getByTestId('problems'), '<img');
      assert.equal(await page.locator('img').count(), 0);
      assert.equal(await page.evaluate('globalThis.hacked'), undefined);
    });
  });

  describe('states', () => {
    it('shows a scan and stops and resumes it', async () => {
      const scan = {
        state: 'scanning',
        filesDone: 212,
        filesTotal: 1460,
        bytesDone: 3.1e8,
        bytesTotal: 9.9e8,
      } as const;
      const { page, calls, said, send } = await shown({ snapshot: { scan } });
      await says(page.getByTestId('scan'), '31%, 212 of 1,460 files');
      await page.getByTestId('scan').locator('vscode-button').click();
      assert.deepEqual(said.at(-1), { type: 'command', command: 'cancelScan' });
      await send({ type: 'snapshot', snapshot: snapshotOf(calls, { scan: { ...scan, state: 'cancelled' } }) });
      await says(page.getByTestId('scan'), 'Older calls are missing');
      await page.getByTestId('scan').locator('vscode-button').click();
      assert.deepEqual(said.at(-1), { type: 'command', command: 'resumeScan' });
    });

    it('says what to do when there are no records yet', async () => {
      const { page } = await show({}, []);
      await says(page.getByTestId('empty'), 'No calls recorded yet');
      await says(page.getByTestId('empty'), 'Looked for records of: Claude Code, Codex');
    });

    it('does not say so while the first records are still being read', async () => {
      const scan = { state: 'scanning', filesDone: 0, filesTotal: 9, bytesDone: 0, bytesTotal: 9 } as const;
      const { page } = await show({ snapshot: { scan } }, []);
      await says(page.getByTestId('empty'), 'Records are being read');
    });

    it('says when the engine is silent', async () => {
      const failure = { text: null as string | null, silent: true };
      const panel = await show({ failure });
      await says(panel.page.locator('.none'), 'Adding up');
      await panel.page.clock.install();
      await panel.page.locator('[data-span="30d"]').click();
      await panel.page.clock.runFor(15_000);
      await says(panel.page.getByRole('alert'), 'The engine does not answer.');
    });

    it('offers a longer period when this one is empty', async () => {
      const old = seedCalls(7).slice(0, 20);
      const { page } = await show({}, old);
      await says(page.getByTestId('empty'), 'No calls in this period');
      await page.getByTestId('empty').locator('vscode-button').click();
      await page.getByTestId('table-model').waitFor();
    });

    it('says when the engine fails, keeps the figures and recovers', async () => {
      const failure = { text: null as string | null };
      const { page, calls, send } = await shown({ failure });
      failure.text = 'The engine has stopped.';
      calls.push(nextCall(calls));
      await send({ type: 'snapshot', snapshot: snapshotOf(calls) });
      await says(page.getByRole('alert'), 'The engine has stopped. The figures below are from');
      await page.getByTestId('table-model').waitFor();
      failure.text = null;
      await page.getByRole('alert').locator('vscode-button').first().click();
      await page.getByRole('alert').waitFor({ state: 'detached' });
    });

    it('names what agents count beyond their records, and a budget that is near', async () => {
      const calls = seedCalls(7);
      const sources = snapshotOf(calls).sources.map((s) => ({ ...s, notRecordedUsd: s.agent === 'claude' ? 3.2 : 0 }));
      const budget = { level: 'warning', reason: '$16.20 of $20.00 is spent.' } as const;
      const { page } = await shown({ snapshot: { sources, budget } });
      await says(page.locator('.notice'), 'Claude Code itself counts $3.20 more');
      await says(page.locator('.notice.warning'), budget.reason);
    });

    it('ignores messages it does not know', async () => {
      const { page } = await shown();
      await page.evaluate(
        'postMessage({ type: "eval", code: "hacked = 1" }); postMessage(null); postMessage({ type: "snapshot" })',
      );
      await page.locator('[data-span="30d"]').click();
      await page.getByTestId('chart').waitFor();
    });
  });

  describe('other views', () => {
    it('show the projection, the prices and the problems', async () => {
      const { page, said, send } = await shown();
      await send({ type: 'show', view: 'projection' });
      await says(page.getByTestId('projection'), '$318.90');
      await send({ type: 'show', view: 'prices' });
      await page.getByTestId('prices').locator('.search input').fill('opus');
      await page.locator('[data-testid=prices] tbody tr:only-child').waitFor();
      await says(page.getByTestId('prices').locator('tbody'), '$25.00');
      await page.getByTestId('tab-problems').click();
      await page.getByTestId('problems').locator('button').first().click();
      assert.deepEqual(said.at(-1), { type: 'openRecord', file: '/home/ada/.claude/projects/x/a.jsonl', line: 812 });
    });

    it('hand commands to the host', async () => {
      const { page, said } = await shown();
      await page.locator('[data-command=exportData]').click();
      await page.locator('[data-command=showLog]').click();
      assert.deepEqual(said.slice(-2), [
        { type: 'command', command: 'exportData' },
        { type: 'command', command: 'showLog' },
      ]);
    });
  });
});
