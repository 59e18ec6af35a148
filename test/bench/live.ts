// From a call appended to a record to the status bar on screen, in the real workbench, 100 times: alone, then while a
// backfill of 1 GB runs. Both ends are read on one clock, this machine's. Then what the extension host felt of it.
//   npm run bench:live [-- --calls 100 --bytes 1g]
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { generate, parseBytes } from '../demo/generate.mjs';
import { appendCall } from '../support/claudeCall.ts';
import { openStage } from '../ui/stage.ts';
import type { Stage } from '../ui/stage.ts';
import { percentile, spread } from './figures.ts';
import { createProbe } from './hostProbe.ts';
import type { LoopDelay } from './hostProbe.ts';

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '100' }, bytes: { type: 'string', default: '1g' } },
});
const itemText = `document.getElementById('burn-meter.burn-meter.meter').innerText`;
const calls = Number(values.calls);
/** Milliseconds. */
const patience = 20_000;
const bytes = parseBytes(values.bytes);

const without = await quietHost();
const alone = await live('alone', 0);
const busy = await live(`while ${(bytes / 1e6).toFixed(0)} MB are read for the first time`, bytes);
console.log(`\nEvent loop of the extension host, p99 delay: without the meter ${without.p99.toFixed(2)} ms`);
for (const run of [alone, busy]) {
  const difference = run.loop.p99 - without.p99;
  console.log(
    `  ${run.name}: ${run.loop.p99.toFixed(2)} ms (${difference >= 0 ? '+' : ''}${difference.toFixed(2)} ms)`,
  );
}
const slowest = Math.max(...[alone, busy].map((run) => percentile(run.delays, 95)));
console.log(`\nappend → status bar, worst p95: ${slowest.toFixed(0)} ms (budget 250 ms)`);
process.exitCode = slowest <= 250 ? 0 : 1;

/** The same host and probe with the meter not installed. */
async function quietHost(): Promise<LoopDelay> {
  const probe = createProbe();
  const stage = await openStage({ ...probe.stage, meter: false });
  try {
    await stage.openWindow();
    await probe.reset();
    return (await probe.after(20_000)).loop;
  } finally {
    await stage.dispose();
  }
}

/** One run of `calls` appends, with a home of `backfill` bytes that is read for the first time meanwhile. */
async function live(name: string, backfill: number): Promise<{ name: string; delays: number[]; loop: LoopDelay }> {
  const probe = createProbe();
  // The live session's own figure leads, so that only our appends move it.
  const settings = { 'burnMeter.leadingFigure': 'session' };
  const before = Date.now() - 2 * 86_400_000;
  const prepare = (home: string): void => void generate({ out: home, now: before, seed: 31, bytes: backfill });
  const stage = await openStage({ ...probe.stage, settings, ...(backfill > 0 ? { prepare } : {}) });
  try {
    const page = await stage.openWindow();
    await watchItem(page);
    await probe.reset();
    const delays: number[] = [];
    let during = 0;
    for (let n = 1; n <= calls; n += 1) {
      if (backfill > 0 && (await isScanning(page))) during += 1;
      delays.push(await appendAndSee(stage, page, n));
      // Out of step with whatever the engine does at fixed intervals.
      await pause((n * 37) % 100);
    }
    const { loop, spans } = await probe.after(0);
    console.log(`\n${name}: ${spread(delays)}${backfill > 0 ? `, ${during} during the scan` : ''}`);
    for (const [span, s] of Object.entries(spans)) {
      console.log(`  ${span}: ${s.count} × · max ${s.maxMs.toFixed(2)} ms · ${s.long} over 16 ms`);
    }
    return { name, delays, loop };
  } finally {
    await stage.dispose();
  }
}

/** Milliseconds from before the n-th append to the frame in which the item shows its session's new sum. */
async function appendAndSee(stage: Stage, page: Page, n: number): Promise<number> {
  const wanted = `$${(n * 0.02).toFixed(2)}`;
  const at = Date.now();
  const session = '11111111-2222-4333-8444-555555555555';
  appendCall(stage.home, { session, cwd: stage.folder, id: `live${n}`, at, output: 1000 });
  const shown = `window.seen.find(([, text]) => text === '${wanted}')?.[0]`;
  // A call that does not come is as late as we waited, and spoils the percentiles as it should.
  const seen = await page.waitForFunction(shown, undefined, { timeout: patience }).catch(() => null);
  return seen === null ? patience : Number(await seen.jsonValue()) - at;
}

function isScanning(page: Page): Promise<boolean> {
  return page.evaluate(`${itemText}.includes('%')`);
}

/** Notes each leading figure of the item with the time of the frame that showed it first, ms since the epoch. */
async function watchItem(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    window.seen = [];
    let last = '';
    const note = () => {
      const text = ${itemText}.trim().split(' ')[0];
      if (text === last) return;
      last = text;
      requestAnimationFrame(() => window.seen.push([Date.now(), text]));
    };
    new MutationObserver(note).observe(document.querySelector('.part.statusbar'), { subtree: true, childList: true, characterData: true });
  })()`);
}
