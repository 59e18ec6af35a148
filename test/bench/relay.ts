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
import type { FromEngine, ToEngine } from '../../src/core/protocol.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { HostFacts } from '../../src/core/sources/source.ts';
import { dataFolder } from '../../src/engine/dataFolder.ts';
import { generate } from '../demo/generate.mjs';
import { repo } from '../vscode/places.mjs';
import { environmentOf, removeFolder, temporaryFolder } from '../vscode/profile.mjs';
import { percentile } from './figures.ts';

const budget = { p50: 50, p95: 150 };
const home = temporaryFolder();
const host: HostFacts = { platform: process.platform === 'darwin' ? 'darwin' : 'linux', home, env: {} };
const data = dataFolder(host);
const [shop, other] = ['shop', 'other'].map((name) => path.join(home, name)) as [string, string];
/** Nothing is asked, but everything is judged. */
const settings: Settings = {
  ...defaultSettings,
  preflightRules: {
    heavyTask: 'silent',
    coldCache: 'silent',
    subagents: 'silent',
    nearBudget: 'silent',
    thinking: 'silent',
  },
};
const windows: ReturnType<typeof fork>[] = [];
try {
  await measureAll();
} finally {
  for (const window of windows) window.disconnect();
  removeFolder(home);
}

async function measureAll(): Promise<void> {
  const { values } = parseArgs({ options: { events: { type: 'string', default: '300' } } });
  const { bill } = generate({ out: home, now: Date.now(), seed: 21 });
  for (const folder of [shop, other]) {
    fs.mkdirSync(folder);
    windows.push(await openWindow(folder));
  }
  console.log(`${machine()}; two windows of the real engine on a ledger of ${bill.calls} calls`);
  const events = Number(values.events);
  const noCurl = toolsOnly(path.join(home, 'bin'));
  const here = await measure('a prompt', { events, size: 400, cwd: shop });
  const there = await measure('passed on to another window', { events, size: 400, cwd: other });
  await measure('1 MB of a prompt', { events, size: 1_000_000, cwd: shop });
  await measure('without curl', { events, size: 400, cwd: shop, path: noCurl });
  if (!here || !there) process.exitCode = 1;
}

interface Case {
  readonly events: number;
  /** Bytes of the prompt. */
  readonly size: number;
  readonly cwd: string;
  readonly path?: string;
}

/** Prints one row; true when it is within the budget. */
async function measure(name: string, { events, size, cwd, path: tools }: Case): Promise<boolean> {
  const line = relayCommand(host, data, claude.id)('UserPromptSubmit').sh;
  const env = { ...environmentOf(home), ...(tools && { PATH: tools }) };
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

/** The engine of one window that has read all records and answers hooks. */
async function openWindow(folder: string): Promise<ReturnType<typeof fork>> {
  const window = fork(path.join(repo, 'dist/engine.js'), [], { env: environmentOf(home), execArgv: [] });
  const heard = (what: (message: FromEngine) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const listen = (message: FromEngine): void => {
        if (!what(message)) return;
        window.off('message', listen);
        resolve();
      };
      window.on('message', listen);
    });
  const send = (message: ToEngine): boolean => window.send(message);
  const ready = heard((m) => m.type === 'snapshot' && m.snapshot.scan.state === 'idle' && m.snapshot.month.calls > 0);
  send({ type: 'start', settings, folders: [folder], timeZone: 'UTC', host: '', trusted: true });
  send({ type: 'focus', focused: folder === shop });
  await ready;
  const done = heard((m) => m.type === 'answer' || m.type === 'failure');
  send({ type: 'act', id: 1, action: { kind: 'setHooks', agent: claude.id, on: true } });
  await done;
  return window;
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
