// What a hook of ours adds below the thresholds: the installed line through a real shell, relay and server, against `true`
// through the same shell. One measures after the other, so that a busy machine slows both.
//   npm run bench:relay [-- --events 300]
import { execFileSync, fork, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { claude } from '../../src/core/hooks/claude.ts';
import { relayCommand } from '../../src/core/hooks/relay.ts';
import type { HostFacts } from '../../src/core/sources/source.ts';
import { startPreflight } from '../../src/engine/preflight/preflight.ts';
import { writeRelay } from '../../src/engine/preflight/relayFiles.ts';
import { removeFolder, temporaryFolder } from '../vscode/profile.mjs';
import { percentile } from './figures.ts';

const budget = { p50: 50, p95: 150 };
const [folderVariable, windowVariable] = ['BURN_METER_BENCH_DATA', 'BURN_METER_BENCH_FOLDER'];
const inWindow = process.env[folderVariable];

if (inWindow === undefined) await measureAll();
else await serve(inWindow, process.env[windowVariable] ?? '');

/** One window's engine as far as hooks are concerned; its judge knows nothing to object to. */
async function serve(dataFolder: string, folder: string): Promise<void> {
  await startPreflight({
    dataFolder,
    host: hostOf(dataFolder),
    hooks: [claude],
    judge: {
      judge: () => ({ action: 'allow', findings: [], outlook: null, project: null }),
      choose: () => undefined,
      leave: () => undefined,
    },
    ask: () => undefined,
    advise: () => undefined,
    folders: () => [folder],
    focused: () => folder === '/home/kim/shop',
    log: (_, message) => console.error(message),
    now: Date.now,
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

async function measureAll(): Promise<void> {
  const { values } = parseArgs({ options: { events: { type: 'string', default: '300' } } });
  const data = temporaryFolder();
  const cli = path.join(data, 'none.js');
  writeRelay({ dataFolder: data, host: hostOf(data), places: { node: process.execPath, cli } });
  const windows = [await openWindow(data, '/home/kim/shop'), await openWindow(data, '/home/kim/other')];
  try {
    console.log(machine());
    const events = Number(values.events);
    const noCurl = toolsOnly(path.join(data, 'bin'));
    const here = await measure('a prompt', { data, events, size: 400, cwd: '/home/kim/shop' });
    const there = await measure('passed on to another window', { data, events, size: 400, cwd: '/home/kim/other' });
    await measure('1 MB of a prompt', { data, events, size: 1_000_000, cwd: '/home/kim/shop' });
    await measure('without curl', { data, events, size: 400, cwd: '/home/kim/shop', path: noCurl });
    if (!here || !there) process.exitCode = 1;
  } finally {
    for (const window of windows) window.disconnect();
    removeFolder(data);
  }
}

interface Case {
  readonly data: string;
  readonly events: number;
  /** Bytes of the prompt. */
  readonly size: number;
  readonly cwd: string;
  readonly path?: string;
}

/** Prints one row; true when it is within the budget. */
async function measure(name: string, { data, events, size, cwd, path: tools }: Case): Promise<boolean> {
  const line = relayCommand(hostOf(data), data, claude.id)('UserPromptSubmit').sh;
  const env = { ...process.env, ...(tools && { PATH: tools }) };
  const added: number[] = [];
  const [withRelay, without]: [number[], number[]] = [[], []];
  for (let event = -5; event < events; event += 1) {
    const input = JSON.stringify({
      session_id: 's1',
      hook_event_name: 'UserPromptSubmit',
      prompt_id: `p${event}`,
      cwd,
      permission_mode: 'default',
      prompt: 'x'.repeat(size),
    });
    const bare = await run('true', input, env);
    const relayed = await run(line, input, env);
    // The first ones find nothing in the machine's caches.
    if (event < 0) continue;
    without.push(bare);
    withRelay.push(relayed);
    added.push(relayed - bare);
  }
  const of = (list: readonly number[]): string =>
    [50, 95, 99].map((p) => `p${p} ${percentile(list, p).toFixed(1)}`).join(' · ');
  const fits = percentile(added, 50) <= budget.p50 && percentile(added, 95) <= budget.p95;
  console.log(`${name}: adds ${of(added)} ms, ${fits ? 'within' : 'ABOVE'} ${budget.p50}/${budget.p95} ms`);
  console.log(`  with the relay ${of(withRelay)} ms, without ${of(without)} ms, ${added.length} events each`);
  return fits;
}

/** Milliseconds until a command line has ended. It must succeed and print nothing. */
function run(line: string, input: string, env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const child = spawn('/bin/sh', ['-c', line], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  // `true` ends without having read it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0 && printed === '') resolve(performance.now() - start);
      else reject(new Error(`the relay ended with ${code} and said "${printed}"`));
    });
  });
}

function openWindow(data: string, folder: string): Promise<ReturnType<typeof fork>> {
  const env = { ...process.env, [folderVariable]: data, [windowVariable]: folder };
  const window = fork(import.meta.filename, [], { env });
  return new Promise((resolve) => window.once('message', () => resolve(window)));
}

function hostOf(home: string): HostFacts {
  return { platform: process.platform === 'darwin' ? 'darwin' : 'linux', home, env: {} };
}

/** A folder with what the relay calls, but no curl. */
function toolsOnly(bin: string): string {
  fs.mkdirSync(bin);
  for (const name of ['sh', 'cat', 'rm', 'sleep']) {
    const found = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name));
    fs.symlinkSync(found.find((file) => fs.existsSync(file)) ?? name, path.join(bin, name));
  }
  return bin;
}

function machine(): string {
  const cpus = os.cpus();
  const memory = (os.totalmem() / 2 ** 30).toFixed(0);
  const curl = execFileSync('curl', ['--version'], { encoding: 'utf8' }).split(' ').slice(0, 2).join(' ');
  const shell = path.basename(fs.realpathSync('/bin/sh'));
  const load = os.loadavg()[0]?.toFixed(1);
  return `${os.type()} ${os.arch()}, ${cpus.length} × ${cpus[0]?.model}, ${memory} GiB, load ${load}; ${shell}, ${curl}, Node ${process.version}`;
}
