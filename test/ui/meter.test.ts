// What a user sees, in the real workbench with the packaged extension installed.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { appendCall, appendPrompt } from '../support/claudeCall.ts';
import type { CallSpec } from '../support/claudeCall.ts';
import {
  item,
  itemReads,
  openStage,
  panel,
  pick,
  pictureOnFailure,
  runCommand,
  runPalette,
  writeSettings,
} from './stage.ts';
import type { Stage } from './stage.ts';

const session = '11111111-2222-4333-8444-555555555555';
// A real client's run of 8 calls; its bill is in the fixtures' README.
const recorded = path.resolve(import.meta.dirname, '../fixtures/claude/real/multiturn/home');
const recordedCalls = 8;
const recordedUsd = 0.180731;
const recordedAt = Date.parse('2026-11-21T01:50:08Z');

describe('the meter in the workbench', function () {
  this.timeout(120_000);
  let stage: Stage;
  let page: Page;
  const pages: Page[] = [];
  /** USD list value of today's calls. */
  let today = 0;
  let calls = recordedCalls;
  const append = (usd: number, call: Omit<CallSpec, 'session' | 'cwd' | 'at'>): string => {
    appendCall(stage.home, { session, cwd: stage.folder, at: Date.now(), ...call });
    today += usd;
    calls += 1;
    return `$${today.toFixed(2)}`;
  };

  before(async () => {
    stage = await openStage({ prepare: (home) => fs.cpSync(recorded, home, { recursive: true }) });
    if (stage.dayOf(recordedAt) === stage.dayOf(Date.now())) today = recordedUsd;
    page = await stage.openWindow();
    pages.push(page);
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, pages);
  });
  after(() => stage.dispose());

  it('shows a call in the status bar when it is appended', async () => {
    // Opus 5.5: 4 dollars per million of input, 0.2 read, 8 written for an hour, 20 of output.
    await itemReads(page, append(0.08, { id: 'a', input: 10_000, output: 2000 }));
    await itemReads(page, append(0.12, { id: 'b', cacheRead: 100_000, cacheWrite1h: 10_000, output: 1000 }));
    assert.match((await item(page).innerText()).trim(), /^\$\d+\.\d\d · \$\d+\.\d\d\/h$/);
    assert.match((await item(page).locator('a').getAttribute('aria-label')) ?? '', /Burn Meter: \$.* today, burning/);
  });

  it('explains itself in a tooltip', async () => {
    await item(page).hover();
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'Month to date' });
    await hover.waitFor();
    const text = await hover.innerText();
    for (const part of ['Today', 'This session', 'This week', 'shop', 'claude-opus-5-5', 'Show Breakdown']) {
      assert.ok(text.includes(part), `${part} in: ${text}`);
    }
    await page.mouse.move(400, 300);
    await hover.waitFor({ state: 'hidden' });
  });

  it('opens the breakdown on a click, with the numbers of the records', async () => {
    await item(page).click();
    await page.locator('.tab', { hasText: 'Burn Meter' }).waitFor();
    await span(page, 'all');
    await headlineReads(page, 'calls', String(calls));
    await headlineReads(page, 'cost', `$${(recordedUsd + 0.2).toFixed(2)}`);
  });

  it('goes to another period', async () => {
    await span(page, 'today');
    await span(page, 'all');
    await headlineReads(page, 'calls', String(calls));
  });

  it('drills down to one call and its price components', async () => {
    const web = panel(page);
    await web.getByTestId('tab-session').click();
    await web.getByTestId('table-session').locator(`tr[data-key*="${session}"]`).click();
    await web.getByTestId('chip').waitFor();
    await headlineReads(page, 'calls', '2');
    await web.getByTestId('tab-calls').click();
    await web.getByTestId('calls').locator('tbody tr[data-key]').first().click();
    const detail = web.getByTestId('call-detail').first();
    await detail.waitFor();
    const text = await detail.innerText();
    for (const part of ['100,000', '10,000', '1,000', '0.02', '0.08', '0.12', 'claude-opus-5-5']) {
      assert.ok(text.includes(part), `${part} in: ${text}`);
    }
  });

  it('stays live while it is open, and in step with the status bar', async () => {
    append(0.2, { id: 'c', output: 10_000 });
    await headlineReads(page, 'calls', '3');
    await headlineReads(page, 'cost', '$0.40');
  });

  it('keeps its place when the window reloads', async () => {
    await runPalette(page, 'Developer: Reload Window');
    await page.waitForEvent('load');
    await item(page).waitFor({ timeout: 60_000 });
    await panel(page).getByTestId('chip').waitFor({ timeout: 60_000 });
    await headlineReads(page, 'calls', '3');
  });

  it('shows the turn’s sum when a turn ends', async () => {
    await itemReads(page, `$${today.toFixed(2)}`);
    await item(page).hover();
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'Month to date' });
    await hover.waitFor();
    appendPrompt(stage.home, { session, cwd: stage.folder, id: 'p', at: Date.now() });
    const sum = append(0.02, { id: 'd', output: 1000, last: true });
    await itemReads(page, /\+\$0\.02 · 1 call/);
    await hover.filter({ hasText: sum }).waitFor();
    await itemReads(page, sum);
    // Open tooltips are there to be read, whatever changes below them.
    await hover.waitFor();
    await page.mouse.move(400, 300);
  });

  it('follows its settings', async () => {
    await writeSettings(page, { 'burnMeter.leadingFigure': 'month', 'burnMeter.dailyBudget': 0.01 });
    await item(page).locator('a[aria-label*="this month"]').waitFor();
    await page.locator('[id="burn-meter.burn-meter.meter"].error-kind').waitFor();
    await writeSettings(page, {});
    await item(page).locator('a[aria-label*="today"]').waitFor();
    await page.locator('[id="burn-meter.burn-meter.meter"]:not(.error-kind)').waitFor();
  });

  describe('by the palette', () => {
    it('shows the breakdown', async () => {
      await runCommand(page, 'showBreakdown');
      await panel(page).getByTestId('headline-cost').waitFor();
    });
    it('projects the month', async () => {
      await runCommand(page, 'projectMonth');
      await page.locator('.notifications-toasts .notification-list-item', { hasText: '$' }).first().waitFor();
    });
    it('explains a number', async () => {
      await runCommand(page, 'explainNumber');
      await pick(page, 'claude-opus-5-5');
      await panel(page).getByTestId('call-detail').waitFor();
    });
    it('shows the prices', async () => {
      await runCommand(page, 'openPricing');
      await panel(page).getByTestId('prices').getByText('claude-opus-5-5').first().waitFor();
    });
    it('shows the log', async () => {
      await runCommand(page, 'showLog');
      // VS Code's own choice of channels, drawn as a box over a hidden <select>.
      const channel = page.locator('.part.panel select', { has: page.locator('option[value="Burn Meter"]') }).first();
      await channel.waitFor({ state: 'attached' });
      assert.equal(await channel.inputValue(), 'Burn Meter');
    });
    it('exports the calls', async () => {
      await runCommand(page, 'exportData');
      await pick(page, /^All/);
      await pick(page, 'JSON');
      const file = path.join(stage.folder, 'burn-meter-all.json');
      const suggested = () => page.locator('.quick-input-widget input').first().inputValue();
      while ((await suggested()) !== file) await page.waitForTimeout(20);
      await page.locator('.quick-input-widget').getByText('OK', { exact: true }).click();
      await page.locator('.notifications-toasts', { hasText: 'burn-meter-all.json' }).waitFor();
      const written = JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')));
      assert.ok(written.split('"claude-opus-5-5"').length > recordedCalls, written.slice(0, 300));
    });
    it('rebuilds the ledger to the same sums', async () => {
      await runCommand(page, 'rebuildLedger');
      await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Rebuild' }).click();
      await page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
      await itemReads(page, append(0.1, { id: 'e', output: 5000 }));
    });
  });

  it('says the same in a second window on the same ledger', async () => {
    const second = await stage.openWindow();
    pages.push(second);
    const sum = append(0.1, { id: 'f', output: 5000 });
    for (const window of pages) await itemReads(window, sum);
    await runCommand(second, 'showBreakdown');
    await span(second, 'all');
    await headlineReads(second, 'calls', String(calls));
  });
});

/** Chooses a period and waits until the panel shows it. */
async function span(page: Page, id: string): Promise<void> {
  const option = panel(page).getByTestId('period').locator(`[data-span="${id}"]`);
  await option.click();
  await panel(page).locator(`[data-testid="period"] [data-span="${id}"][aria-pressed="true"]`).waitFor();
}

async function headlineReads(page: Page, figure: string, text: string): Promise<void> {
  await panel(page).getByTestId(`headline-${figure}`).locator('.value').getByText(text, { exact: true }).waitFor();
}
