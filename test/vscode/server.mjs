// @ts-check
// Starts the pinned VS Code server on this machine's loopback address and makes workbench addresses for it.
import { spawn } from 'node:child_process';
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from './command.mjs';
import { installServer } from './install.mjs';
import { environmentOf, installUnpacked, layOutProfile, removeFolder, temporaryFolder } from './profile.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} [home] the HOME of everything inside; a temporary one below the profile when left out
 * @property {string} [profile] user data, extensions and logs; a temporary folder, removed at the end, when left out
 * @property {string} [vsix] a packaged extension to install, as VS Code itself installs it
 * @property {readonly string[]} [unpacked] folders of extensions to have installed beside it
 * @property {boolean} [automation] only with it does a built workbench run extension tests; it also mutes notifications
 * @property {boolean} [workspaceTrust] whether folders are trusted only when the user says so
 * @property {number} [port]
 * @property {Record<string, unknown>} [settings]
 * @property {NodeJS.ProcessEnv} [env]
 */

/** @param {ServerOptions} [options] */
export async function startServer({
  home,
  profile,
  vsix,
  unpacked = [],
  automation = false,
  workspaceTrust = false,
  port = 0,
  settings,
  env,
} = {}) {
  const { node, vscode, version } = await installServer();
  const temporary = profile === undefined;
  const place = path.resolve(profile ?? temporaryFolder());
  const folders = layOutProfile(place, settings);
  const world = env ?? environmentOf(home ?? path.join(place, 'home'));
  const childEnv = { ...world, EXTENSIONS_GALLERY: '{}', ...runtimeFolder(place) };
  const main = path.join(vscode, 'out/server-main.js');
  const where = ['--server-data-dir', folders.server, '--user-data-dir', folders.user];
  where.push('--extensions-dir', folders.extensions);
  if (vsix) await run(node, [main, ...where, '--install-extension', vsix, '--force'], { env: childEnv, quiet: true });
  for (const folder of unpacked) installUnpacked(folders.extensions, folder);

  // Without a token any local user could run code as this one.
  const token = crypto.randomBytes(16).toString('hex');
  const logFile = path.join(place, 'server.log');
  const args = ['--host', '127.0.0.1', '--port', String(port), '--connection-token', token, '--telemetry-level', 'off'];
  args.push('--accept-server-license-terms', '--disable-getting-started-override');
  if (!workspaceTrust) args.push('--disable-workspace-trust');
  if (automation) args.push('--enable-smoke-test-driver');
  const child = spawn(node, [path.join(import.meta.dirname, 'serverChild.mjs'), main, ...args, ...where], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: childEnv,
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const authority = `127.0.0.1:${await listening(child, logFile)}`;
  const stop = () => end(child, exited);
  const dispose = async () => {
    await stop();
    if (temporary) removeFolder(place);
  };
  return {
    version,
    profile: place,
    folders,
    logFile,
    exited,
    /** Ends it; what it has installed and kept stays until it is disposed of. */
    stop,
    dispose,
    remoteUri: (/** @type {string} */ file) => `vscode-remote://${authority}${encodeURI(path.resolve(file))}`,
    /**
     * The workbench on a folder (an empty window when null); `payload` is what VS Code's own browser tests pass.
     * @param {string | null} folder
     * @param {readonly (readonly [string, string])[]} [payload]
     */
    url(folder, payload = []) {
      const all = [['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload];
      const open = folder === null ? { ew: 'true' } : { folder: path.resolve(folder) };
      return `http://${authority}/?${new URLSearchParams({ tkn: token, ...open, payload: JSON.stringify(all) })}`;
    },
  };
}

/**
 * Sockets go where the profile is, unless that path is too long for a socket's address.
 * @param {string} place
 */
const runtimeFolder = (place) => (place.length < 45 ? { XDG_RUNTIME_DIR: place } : {});

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} child
 * @param {string} logFile
 * @returns {Promise<number>} the port
 */
function listening(child, logFile) {
  const log = fs.createWriteStream(logFile);
  let seen = '';
  return new Promise((resolve, reject) => {
    const read = (/** @type {Buffer} */ data) => {
      log.write(data);
      seen = (seen + data).slice(-10_000);
      const match = /Extension host agent listening on (\d+)/.exec(seen);
      if (match) resolve(Number(match[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`the VS Code server ended with ${code} before it listened:\n${seen}`)),
    );
  });
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} child
 * @param {Promise<unknown>} exited
 */
async function end(child, exited) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin.end();
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(timer);
}
