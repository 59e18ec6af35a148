// `npm run test:clients [-- mocha options]`: the tests of this folder, against real clients, in namespaces of their own.
// Linux x64 with util-linux (unshare, script) and iproute2; root, or the right to make user namespaces.
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import { ensureChromium } from '../vscode/chromium.mjs';
import { installServer, serverSupported } from '../vscode/install.mjs';
import { bin, repo } from '../vscode/places.mjs';
import { removeFolder, temporaryFolder } from '../vscode/profile.mjs';
import { clientsFolder, installClients } from './install.ts';

const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
const namespaces = [...asRoot, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

const obstacle = obstacleHere();
if (obstacle === null) process.exitCode = await runIsolated();
else {
  console.error(`The clients can not be tried here: ${obstacle}`);
  process.exitCode = 1;
}

function obstacleHere(): string | null {
  if (!serverSupported) return 'their isolation is made for Linux on x64.';
  for (const tool of ['unshare', 'ip', 'script', 'mount']) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`]);
    if (found.status !== 0) return `${tool} is missing (Debian: apt install util-linux iproute2).`;
  }
  const { status, stderr } = spawnSync('unshare', [...namespaces, 'ip', 'link', 'set', 'lo', 'up'], {
    encoding: 'utf8',
  });
  return status === 0 ? null : `this user may not make namespaces (${stderr.trim()}). Root may.`;
}

async function runIsolated(): Promise<number> {
  await installClients();
  await installServer();
  const stash = temporaryFolder('burn-meter-isolated-');
  const env = {
    PATH: process.env['PATH'],
    REPO: repo,
    CLIENTS: clientsFolder(),
    STASH: stash,
    USER_HOME: os.homedir(),
    CHROME: await ensureChromium(),
    BURN_METER_TALLY: process.env['BURN_METER_TALLY'] ?? '',
  };
  const options = process.argv.slice(2);
  const files = options.some((option) => option.endsWith('.test.ts')) ? [] : ['test/clients/**/*.test.ts'];
  const mocha = [
    bin('mocha/bin/mocha.js'),
    '--timeout',
    '120000',
    '--reporter',
    'test/tally.cjs',
    ...files,
    ...options,
  ];
  const script = `${import.meta.dirname}/isolate.sh`;
  const child = spawn('unshare', [...namespaces, 'sh', script, process.execPath, ...mocha], { env, stdio: 'inherit' });
  const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
  fs.rmSync(`${stash}/home`, { recursive: true, force: true });
  removeFolder(stash);
  return code;
}
