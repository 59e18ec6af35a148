// @ts-check
// `npm start`: a real VS Code with this extension installed, in a profile of its own.
//   npm start [-- --demo] [-- --port N]
// Desktop VS Code where `code` exists, else the pinned server, to be opened in any browser. It meters the user's own
// records; with --demo, or where there are none, generated ones in a throw-away home.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { generate, layOutProjects } from '../demo/generate.mjs';
import { createLiveSession } from '../demo/live.mjs';
import { npmQuietly, run } from './command.mjs';
import { serverSupported } from './install.mjs';
import { repo, vsix } from './places.mjs';
import { editorFreeEnvironment, environmentOf, layOutProfile, removeFolder, temporaryFolder } from './profile.mjs';
import { startServer } from './server.mjs';

const { values } = parseArgs({
  options: { demo: { type: 'boolean', default: false }, port: { type: 'string', default: '0' } },
});

if (!fs.existsSync(path.join(repo, 'node_modules/.package-lock.json'))) {
  console.log('Installing packages …');
  await run('npm', ['ci', '--ignore-scripts', ...npmQuietly], { cwd: repo });
}
console.log('Building and packaging …');
await run(process.execPath, [path.join(repo, 'test/run.mjs'), 'package'], { cwd: repo, quiet: true });

const profile = temporaryFolder();
const demo = values.demo || !hasRecords();
const world = demo ? demoWorld(path.join(profile, 'home')) : { env: editorFreeEnvironment(), folder: userFolder() };
const desktop = findCode();
const ended = desktop ? openDesktop(desktop) : await openServer();
await ended;
removeFolder(profile);
process.exit(0);

/** @param {string} code */
function openDesktop(code) {
  const { user, extensions } = layOutProfile(profile);
  const places = ['--user-data-dir', user, '--extensions-dir', extensions];
  const options = { stdio: /** @type {const} */ ('inherit'), env: world.env, shell: process.platform === 'win32' };
  tell('VS Code opens in a window of its own; close it to end.');
  return run(code, [...places, '--install-extension', vsix, '--force'], { env: world.env, quiet: true }).then(
    () => new Promise((resolve) => spawn(code, [...places, '--wait', world.folder], options).once('exit', resolve)),
  );
}

async function openServer() {
  if (!serverSupported)
    throw new Error('put `code` on PATH first (in VS Code: F1, "Shell Command: Install \'code\' command")');
  const server = await startServer({ profile, vsix, port: Number(values.port), env: world.env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void server.dispose());
  tell(`Open ${server.url(world.folder)}`);
  console.log('Ctrl-C ends it.');
  return server.exited;
}

/** @param {string} where */
function tell(where) {
  const records = demo ? 'demo records (a generated month, and one session at work now)' : 'your own agents’ records';
  console.log(`\nBurn Meter on ${records}.\n\n${where}\n`);
  console.log('The meter is in the status bar at the bottom. Point at it for the details, click it for the breakdown.');
}

/** @param {string} home */
function demoWorld(home) {
  const root = path.join(home, 'work');
  const now = Date.now();
  generate({ out: home, now, root, offsetMinutes: -new Date(now).getTimezoneOffset() });
  const folder = layOutProjects(root);
  const live = createLiveSession({ home, cwd: folder, seed: 7 });
  setInterval(() => live.step(Date.now()), 6000).unref();
  return { env: environmentOf(home), folder };
}

function hasRecords() {
  const { env } = process;
  const home = os.homedir();
  const claude = env.CLAUDE_CONFIG_DIR?.split(',') ?? [path.join(home, '.claude'), path.join(home, '.config/claude')];
  const codex = env.CODEX_HOME?.split(',') ?? [path.join(home, '.codex')];
  const places = [
    ...claude.map((dir) => path.join(dir, 'projects')),
    ...codex.map((dir) => path.join(dir, 'sessions')),
  ];
  return places.some((place) => fs.existsSync(place));
}

/** Where npm was started, which is the folder the user means. */
function userFolder() {
  return process.env.INIT_CWD ?? process.cwd();
}

/** Desktop VS Code's command; the one of a remote terminal opens no profile of its own. */
function findCode() {
  if (process.env.VSCODE_IPC_HOOK_CLI) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => fs.existsSync(file));
}
