// @ts-check
import * as fs from 'node:fs';
import * as path from 'node:path';
import { chromium } from 'playwright-core';
import { run } from './command.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
];

/** A Chromium-family browser of this machine: CHROME_PATH, else on PATH, else where it usually is. */
export function findChromium() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...usualPlaces];
  return candidates.find((file) => fs.existsSync(file));
}

/** Finds a browser, or installs Debian's where this is root on such a machine. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    console.log('Installing chromium for the UI tests …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const packages = ['chromium', 'fonts-dejavu-core'];
    await run('apt-get', ['update', '-qq'], { env, quiet: true });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, quiet: true });
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error('the UI and in-host tests need Chromium or Chrome: install one, or set CHROME_PATH to it');
}

export async function launchChromium() {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: await ensureChromium(),
    // Chromium's sandbox does not work for root; a container's /dev/shm is often too small.
    args: [...(root ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
  });
}
