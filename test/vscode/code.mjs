#!/usr/bin/env node
// @ts-check
// A stand-in for the desktop `code` executable: takes the arguments that @vscode/test-electron passes, runs the suite
// inside the extension host of the pinned VS Code server with its workbench in headless Chromium, prints what the
// suite prints and ends with its exit code.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { format } from 'node:util';
import { launchChromium } from './chromium.mjs';
import { results } from './places.mjs';
import { removeFolder, temporaryFolder } from './profile.mjs';
import { startServer } from './server.mjs';

const artifacts = path.join(results, 'host');
const timeoutSeconds = 240;
// Lines of the workbench's own log that are no news here.
const noise =
  /open-vsx\.org|\[Service Worker\]|authentication provider 'github'|AccountPolicyGate|AgentHost|ChatModelSelection|^Creating a socket|Resolv(ed|ing) connection token|reconnection-grace-time|^Canceled|builtin extensions/;

process.exit(await main(process.argv.slice(2)));

/** @param {readonly string[]} argv */
async function main(argv) {
  const options = parse(argv);
  const record = path.join(temporaryFolder(), 'record.json');
  const test = { VSCODE_TEST_HOST_ENTRY: options.tests, VSCODE_TEST_HOST_RECORD: record };
  const server = await startServer({ automation: true, env: { ...process.env, ...test } });
  const browser = await launchChromium();
  const stop = async () => {
    await browser.close().catch(() => {});
    await server.dispose();
    removeFolder(path.dirname(record));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => void stop().then(() => process.exit(130)));
  try {
    console.log(`VS Code ${server.version} (server and web workbench)`);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const outcome = await workbenchRun(page, browser, server, options);
    // Green needs both: VS Code's own exit code, and the suite's record that it ran to its end.
    const ended = fs.existsSync(record) ? JSON.parse(fs.readFileSync(record, 'utf8')) : null;
    if (outcome.exit === 0 && ended?.ok) return 0;
    await keepEvidence(page, server, outcome.logs);
    console.error(`FAILED: ${outcome.why ?? ended?.error ?? 'the extension host ended before the suite did'}`);
    console.error(`Logs and a screenshot: ${artifacts}`);
    return outcome.exit || 1;
  } finally {
    await stop();
  }
}

/**
 * The workbench calls the two exposed functions when it runs an extension test, as VS Code's own browser tests use it.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Browser} browser
 * @param {Awaited<ReturnType<typeof startServer>>} server
 * @param {ReturnType<typeof parse>} options
 * @returns {Promise<{ exit: number, why?: string, logs?: { relativePath: string, contents: string }[] }>}
 */
async function workbenchRun(page, browser, server, options) {
  /** @type {PromiseWithResolvers<{ exit: number, why?: string, logs?: any[] }>} */
  const finished = Promise.withResolvers();
  let hostUp = false;
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
    const line = format(...args);
    if (!noise.test(line) && (type === 'error' || (type === 'info' && hostUp))) console.log(line);
    if (/^Creating a socket \(renderer-ExtensionHost-.*successful/.test(line)) hostUp = true;
  });
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ exit, /** @type {any[]} */ logs) =>
    finished.resolve({ exit, logs }),
  );
  page.on('crash', () => finished.resolve({ exit: 1, why: 'the workbench page crashed' }));
  browser.on('disconnected', () => finished.resolve({ exit: 1, why: 'Chromium went away' }));
  void server.exited.then((code) => finished.resolve({ exit: 1, why: `the server ended with ${code}` }));
  const why = `no result after ${timeoutSeconds} s`;
  const timer = setTimeout(() => finished.resolve({ exit: 1, why }), timeoutSeconds * 1000);
  /** @type {[string, string][]} */
  const payload = [
    ['extensionDevelopmentPath', server.remoteUri(options.extension)],
    ['extensionTestsPath', server.remoteUri(path.join(import.meta.dirname, 'hostEntry.cjs'))],
  ];
  await page.goto(server.url(options.folder, payload), { waitUntil: 'commit' });
  const outcome = await finished.promise;
  clearTimeout(timer);
  return outcome;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {Awaited<ReturnType<typeof startServer>>} server
 * @param {{ relativePath: string, contents: string }[]} [logs]
 */
async function keepEvidence(page, server, logs = []) {
  removeFolder(artifacts);
  fs.mkdirSync(path.join(artifacts, 'logs'), { recursive: true });
  await page.screenshot({ path: path.join(artifacts, 'workbench.png'), timeout: 10_000 }).catch(() => {});
  for (const log of logs) fs.writeFileSync(path.join(artifacts, 'logs', path.basename(log.relativePath)), log.contents);
  fs.copyFileSync(server.logFile, path.join(artifacts, 'server.log'));
}

/** @param {readonly string[]} argv desktop-only switches are passed over */
function parse(argv) {
  const value = (/** @type {string} */ name) =>
    argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const tests = value('extensionTestsPath');
  const extension = value('extensionDevelopmentPath');
  if (!tests || !extension)
    throw new Error('usage: code.mjs --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [FOLDER]');
  return {
    tests: path.resolve(tests),
    extension: path.resolve(extension),
    folder: argv.find((a) => !a.startsWith('-')) ?? null,
  };
}
