// Pictures of the whole product in VS Code's three kinds of theme, on demo records: for people to look at, and a check
// that every part is there and readable in each.
import assert from 'node:assert/strict';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { generate } from '../demo/generate.mjs';
import { item, itemReads, openStage, panel, pictureOnFailure, runPalette, screenshot } from './stage.ts';
import type { Stage } from './stage.ts';

const themes = [
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
  ['high-contrast', 'Default High Contrast'],
] as const;

describe('the meter in each theme', function () {
  this.timeout(120_000);
  let stage: Stage;
  let page: Page;
  let bill: { readonly calls: number };

  before(async () => {
    stage = await openStage({
      prepare(home) {
        ({ bill } = generate({ out: home, now: Date.now(), root: path.join(home, 'work'), seed: 11 }));
      },
    });
    page = await stage.openWindow();
    await itemReads(page, /\$\d+\.\d\d · \$\d+\.\d\d\/h/);
    await item(page).click();
    await panel(page).locator('[data-testid="period"] [data-span="all"]').click();
    const calls = bill.calls.toLocaleString('en');
    await panel(page).getByTestId('headline-calls').locator('.value').getByText(calls, { exact: true }).waitFor();
    await panel(page).locator('[data-testid="period"] [data-span="30d"]').click();
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, [page]);
  });
  after(() => stage.dispose());

  for (const [name, theme] of themes) {
    it(`reads well in ${name}`, async () => {
      stage.setSetting('workbench.colorTheme', theme);
      await runPalette(page, 'Developer: Reload Window');
      await page.waitForEvent('load');
      const kind = { light: 'vscode-light', dark: 'vscode-dark', 'high-contrast': 'vscode-high-contrast' }[name];
      await panel(page).locator(`body.${kind}`).waitFor();
      await panel(page).getByTestId('chart').locator('svg').first().waitFor();
      const colours: unknown = await panel(page)
        .locator('body')
        .evaluate('[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]');
      assert.ok(Array.isArray(colours) && colours[0] !== colours[1], `text and background: ${String(colours)}`);
      await screenshot(page, `breakdown-${name}`);
      await item(page).hover();
      await page.locator('.monaco-hover:visible').filter({ hasText: 'Month to date' }).waitFor();
      await screenshot(page, `tooltip-${name}`);
      await page.mouse.move(500, 300);
    });
  }
});
