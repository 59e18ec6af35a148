// Cold scan through the CLI: MB/s, CPU time and peak memory of reading a home for the first time, then of a second run.
//   npm run bench [-- --bytes 1g]
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { generate, parseBytes } from '../demo/generate.mjs';
import { repo } from '../vscode/places.mjs';
import { environmentOf, removeFolder, temporaryFolder } from '../vscode/profile.mjs';

const { values } = parseArgs({ options: { bytes: { type: 'string', default: '300m' } } });
const home = temporaryFolder();
try {
  const { bytes, files, bill } = generate({ out: home, now: Date.now(), seed: 21, bytes: parseBytes(values.bytes) });
  console.log(`${files} files, ${(bytes / 1e6).toFixed(0)} MB, ${bill.calls} calls; Node ${process.version}`);
  for (const name of ['cold', 'again']) {
    const run = await report();
    const rate = name === 'cold' ? ` · ${(bytes / 1e6 / run.seconds).toFixed(0)} MB/s` : '';
    const cost = `${run.seconds.toFixed(2)} s${rate} · CPU ${run.cpuSeconds.toFixed(2)} s · peak ${run.peakMb.toFixed(0)} MB`;
    console.log(
      `${name}: ${cost} · ${run.calls === bill.calls ? 'equals the bill' : `${run.calls} CALLS, NOT ${bill.calls}`}`,
    );
  }
} finally {
  removeFolder(home);
}

/** Runs `burn-meter report` in the home and reads its use of the machine from the kernel's own account. */
async function report(): Promise<{ seconds: number; cpuSeconds: number; peakMb: number; calls: number }> {
  const use = path.join(home, 'use.json');
  // The process writes its own resource usage as it ends, which needs no tool beside Node.
  const hook = `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(use)}, JSON.stringify(process.resourceUsage())))`;
  const preload = path.join(home, 'use.cjs');
  fs.writeFileSync(preload, hook);
  const start = performance.now();
  const child = spawn(process.execPath, ['--require', preload, path.join(repo, 'dist/cli.js'), 'report', '--json'], {
    env: environmentOf(home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  const usage = JSON.parse(fs.readFileSync(use, 'utf8'));
  const cpuSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return { seconds, cpuSeconds, peakMb: usage.maxRSS / 1000, calls: JSON.parse(output).totals.calls };
}
