// A real workbench for a test: our packaged extension installed, a home of its own, one browser for all windows.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import type { CommandName } from '../../src/core/commands.ts';
import { launchChromium } from '../vscode/chromium.mjs';
import { repo, results, vsix } from '../vscode/places.mjs';
import { environmentOf, quietSettings, removeFolder, temporaryFolder } from '../vscode/profile.mjs';
import { startServer } from '../vscode/server.mjs';

const titles: Record<string, string> = JSON.parse(fs.readFileSync(path.join(repo, 'package.nls.json'), 'utf8'));

export interface StageOptions {
  /** User settings beside those that keep VS Code quiet. */
  readonly settings?: Record<string, unknown>;
  /** Writes records and projects before anything starts. */
  readonly prepare?: (home: string) => void;
  /** False leaves our extension out. */
  readonly meter?: boolean;
  /** Folders of extensions to install beside it. */
  readonly unpacked?: readonly string[];
  /** True has VS Code ask whether the stage's folder is trusted; else every folder is. */
  readonly workspaceTrust?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage(options: StageOptions = {}) {
  const { settings = {}, prepare, meter = true, unpacked = [], env = {}, workspaceTrust = false } = options;
  const home = temporaryFolder();
  const folder = path.join(home, 'work/shop');
  fs.mkdirSync(path.join(folder, '.git'), { recursive: true });
  fs.writeFileSync(path.join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
  prepare?.(home);
  const east = hoursToNoon(Date.now());
  const world = { ...environmentOf(home), TZ: zoneEast(east), BURN_METER_TEST: '1', ...env };
  const installed = meter ? { vsix } : {};
  const server = await startServer({ ...installed, unpacked, env: world, settings, workspaceTrust });
  const browser: Browser = await launchChromium();
  return {
    home,
    folder,
    server,
    /** The date of an instant in the stage's time zone. */
    dayOf: (at: number) => new Date(at + east * 3_600_000).toISOString().slice(0, 10),
    /** A new window on the stage's folder, its meter's item on screen where it is installed. */
    async openWindow(): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      await page.goto(server.url(folder), { waitUntil: 'commit' });
      const shown = meter ? item(page) : page.locator('.statusbar-item').first();
      await shown.waitFor({ timeout: 60_000 });
      return page;
    },
    /** Changes a user setting in its file; windows that are loaded after that have it. */
    setSetting(name: string, value: unknown): void {
      const file = server.folders.settings;
      const before: Record<string, unknown> = JSON.parse(fs.readFileSync(file, 'utf8'));
      fs.writeFileSync(file, JSON.stringify({ ...before, [name]: value }, null, 2));
    },
    async dispose(): Promise<void> {
      await browser.close();
      await server.dispose();
      removeFolder(home);
    },
  };
}

/** How far east it is about noon now: in that zone no test runs over midnight. */
const hoursToNoon = (now: number): number => 12 - new Date(now).getUTCHours();

/** The sign of these zones is the other way round. */
const zoneEast = (hours: number): string => `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;

/** The meter's status bar item: `<publisher>.<extension>.<item>`. */
export function item(page: Page): Locator {
  return page.locator('[id="burn-meter.burn-meter.meter"]');
}

/** Waits until the item reads as wanted. */
export async function itemReads(page: Page, text: string | RegExp): Promise<void> {
  await item(page).filter({ hasText: text }).waitFor();
}

/** The panel's document inside VS Code's two nested frames. */
export function panel(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** Runs a command of ours through the palette, by the title it has there. */
export function runCommand(page: Page, name: CommandName): Promise<void> {
  return runPalette(page, `Burn Meter: ${titles[`command.${name}`]}`);
}

export async function runPalette(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor({ state: 'hidden' });
  // A key is lost while the focus is on its way into or out of a webview.
  const opened = () =>
    input.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
  do await page.keyboard.press('F1');
  while (!(await opened()));
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

/** Replaces the user's settings in VS Code's own editor, as a user does. */
export async function writeSettings(page: Page, settings: Record<string, unknown>): Promise<void> {
  await runPalette(page, 'Preferences: Open User Settings (JSON)');
  const tab = page.locator('.tab.active', { hasText: 'settings.json' });
  await tab.waitFor();
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(JSON.stringify({ ...quietSettings, ...settings }));
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active:not(.dirty)', { hasText: 'settings.json' }).waitFor();
  await runPalette(page, 'View: Close Editor');
  await tab.waitFor({ state: 'detached' });
}

/** Picks a row of an open quick pick. */
export async function pick(page: Page, row: string | RegExp): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().click();
}

export async function screenshot(page: Page, name: string): Promise<void> {
  fs.mkdirSync(path.join(results, 'ui'), { recursive: true });
  await page.screenshot({ path: path.join(results, 'ui', `${name}.png`) });
}

/** Keeps a picture of every window of a failed test. */
export async function pictureOnFailure(test: Mocha.Test | undefined, pages: readonly Page[]): Promise<void> {
  if (test?.state !== 'failed') return;
  const name = test.title.replaceAll(/\W+/g, '-');
  for (const [n, page] of pages.entries()) await screenshot(page, `failed-${name}-${n}`);
}
