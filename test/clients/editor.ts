// The real VS Code with our packaged extension on a home with the clients' own settings, driven as a user does.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openStage, pick, runCommand } from '../ui/stage.ts';
import type { Stage } from '../ui/stage.ts';
import type { Client, Place } from './agents/client.ts';
import { settle } from './world.ts';

export type Button = 'Send' | 'Don’t Send' | 'Always This Session';

export interface Editor {
  readonly stage: Stage;
  readonly page: Page;
  readonly place: Place;
  /** Picks the client in "Set Up Pre-flight Prompts…", which sets it up or takes it back; resolves to what was said. */
  toggle(client: Client): Promise<string>;
  /** What "Set Up Pre-flight Prompts…" says of the client. */
  state(client: Client): Promise<string>;
  /** Another program comes to the front. */
  blur(): Promise<void>;
  /** The text of the modal, once it is there. */
  question(): Promise<string>;
  choose(button: Button): Promise<void>;
  /** Closes a modal that comes too late, if one comes. */
  dismiss(): Promise<void>;
  /** Ends the window and the server; the home and what is installed stay. */
  close(): Promise<void>;
}

/** Small enough for any prompt of more than a few words. */
const settings = { 'burnMeter.askAbove': 0.05, 'burnMeter.askAboveTimesMedian': 0, 'burnMeter.coldCacheAbove': 0 };

export async function openEditor(port: number, clients: readonly Client[], more: object = {}): Promise<Editor> {
  const stage = await openStage({ settings: { ...settings, ...more } });
  const place = { home: stage.home, folder: stage.folder, port };
  for (const client of clients) settle(client, place);
  const page = await stage.openWindow();
  const dialog = page.locator('.monaco-dialog-box');
  return {
    stage,
    page,
    place,
    async toggle({ label }) {
      await dismissed(page);
      await runCommand(page, 'preflightHooks');
      await pick(page, label);
      return said(page, new RegExp(label));
    },
    async state({ label }) {
      await runCommand(page, 'preflightHooks');
      const text = await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().innerText();
      await page.keyboard.press('Escape');
      return text;
    },
    blur: () => page.evaluate('document.hasFocus = () => false; dispatchEvent(new Event("blur"))'),
    async question() {
      await dialog.waitFor();
      return dialog.innerText();
    },
    async choose(button) {
      await dialog.locator('.monaco-button', { hasText: new RegExp(`^${button}$`) }).click();
      await dialog.waitFor({ state: 'detached' });
    },
    async dismiss() {
      const came = await dialog.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (came) await page.keyboard.press('Escape');
    },
    async close() {
      await page.context().close();
      await stage.server.stop();
    },
  };
}

const notifications = (page: Page): Locator => page.locator('.notification-toast');

/** Waits for a notification. */
export async function said(page: Page, text: RegExp): Promise<string> {
  const toast = notifications(page).filter({ hasText: text }).first();
  await toast.waitFor();
  return toast.innerText();
}

async function dismissed(page: Page): Promise<void> {
  for (let left = await notifications(page).count(); left > 0; left = await notifications(page).count()) {
    const toast = notifications(page).first();
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
  }
}

/** The files by which windows are found, as the relay reads them: path and text. */
export function windowFiles(place: Place): ReadonlyMap<string, string> {
  const folder = path.join(place.home, '.local/share/burn-meter/preflight/windows');
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => /^\d+$/.test(name)) : [];
  return new Map(names.map((name) => [path.join(folder, name), fs.readFileSync(path.join(folder, name), 'utf8')]));
}

export const relayScript = (place: Place): string =>
  path.join(place.home, '.local/share/burn-meter/preflight/relay.sh');

/** Has every window's engine hang while `work` is done: alive, and without an answer. */
export async function whileHanging<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const files = windowFiles(place);
  const pids = [...files.keys()].map((file) => Number(path.basename(file)));
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    // The relay takes away the file of a window that hangs; it would come back by itself, later.
    for (const [file, text] of files) fs.writeFileSync(file, text, { mode: 0o600 });
  }
}
