// Pictures of the whole product in VS Code's four kinds of theme, on demo records: for people to look at, and a check
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
  ['high-contrast-light', 'Default High Contrast Light'],
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
    // Beside the sum the burn rate, or what is in flight.
    await itemReads(page, /\$\d+\.\d\d · ~?\$\d+\.\d\d/);
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
      await panel(page).locator(`body.vscode-${name}`).waitFor();
      await panel(page).getByTestId('chart').locator('svg').first().waitFor();
      const colours: unknown = await panel(page)
        .locator('body')
        .evaluate('[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]');
      assert.ok(Array.isArray(colours) && colours[0] !== colours[1], `text and background: ${String(colours)}`);
      await tellsSeriesApart(page);
      await screenshot(page, `breakdown-${name}`);
      await item(page).hover();
      await page.locator('.monaco-hover:visible').filter({ hasText: 'Month to date' }).waitFor();
      await screenshot(page, `tooltip-${name}`);
      await page.mouse.move(500, 300);
    });
  }
});

/** Every hue of the chart stands out from the background (WCAG asks 3:1 of graphics) and from every other hue. */
async function tellsSeriesApart(page: Page): Promise<void> {
  const names = [...Array.from({ length: 7 }, (_, n) => `--series-${n + 1}`), '--series-rest'];
  const seen: unknown = await panel(page).locator('body').evaluate(`
    ${JSON.stringify(names)}.map((name) => 'var(' + name + ')').concat('var(--vscode-editor-background)').map((colour) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = colour;
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    })`);
  assert.ok(Array.isArray(seen));
  const all = seen.map((colour) => rgbOf(String(colour)));
  const hues = all.slice(0, -1);
  const background = all.at(-1) ?? [0, 0, 0];
  for (const [n, hue] of hues.entries()) {
    const ratio = contrast(hue, background);
    assert.ok(ratio >= 3, `${names[n]}, ${hue.join(' ')}: only ${ratio.toFixed(2)} : 1 against the background`);
    for (const [m, other] of hues.slice(0, n).entries()) {
      const apart = Math.hypot(...hue.map((part, i) => part - (other[i] ?? 0)));
      assert.ok(apart > 60, `${names[n]}, ${hue.join(' ')}, is too near to ${names[m]}, ${other.join(' ')}`);
    }
  }
}

/** `rgb(…)` as its three numbers; a colour that lets the background through is none. */
function rgbOf(colour: string): readonly number[] {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  assert.ok(parts, `${colour} is no opaque colour`);
  return parts.slice(1).map(Number);
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: readonly number[]): number {
  const linear = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => sum + weight * (linear[i] ?? 0), 0);
}
