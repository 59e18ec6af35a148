import assert from 'node:assert/strict';
import { coalesce } from '../../../media/panel/refresh.ts';

/** A clock that moves when told, and a task that ends when told. */
function stage() {
  let now = 0;
  const timers: { at: number; run: () => void }[] = [];
  const starts: number[] = [];
  const ends: (() => void)[] = [];
  const run = (): Promise<void> => {
    starts.push(now);
    return new Promise((resolve) => ends.push(resolve));
  };
  const request = coalesce(run, 500, { now: () => now, later: (ms, go) => timers.push({ at: now + ms, run: go }) });
  return {
    starts,
    request,
    async finish(): Promise<void> {
      ends.pop()?.();
      await new Promise(setImmediate);
    },
    pass(ms: number): void {
      now += ms;
      for (const timer of timers.splice(0)) {
        if (timer.at <= now) timer.run();
        else timers.push(timer);
      }
    },
  };
}

describe('panel: live refresh', () => {
  it('runs at once when it rested long enough', () => {
    const s = stage();
    s.request();
    assert.deepEqual(s.starts, [0]);
  });

  it('turns a burst into one run now and one after the gap', async () => {
    const s = stage();
    for (let i = 0; i < 50; i++) s.request();
    await s.finish();
    assert.deepEqual(s.starts, [0]);
    s.pass(499);
    assert.deepEqual(s.starts, [0]);
    s.pass(1);
    assert.deepEqual(s.starts, [0, 500]);
    await s.finish();
    s.pass(5_000);
    assert.deepEqual(s.starts, [0, 500]);
  });

  it('never runs twice at once, however long a run takes', async () => {
    const s = stage();
    s.request();
    s.pass(3_000);
    s.request();
    s.request();
    assert.deepEqual(s.starts, [0]);
    await s.finish();
    assert.deepEqual(s.starts, [0, 3_000]);
  });
});
