import assert from 'node:assert/strict';
import { createSpans } from '../../../src/vscode/spans.ts';

/** Spans over a clock that each call of a timed function moves on by as many milliseconds as it is given. */
function rig() {
  let now = 0;
  const warnings: string[] = [];
  const spans = createSpans(
    (message) => warnings.push(message),
    () => now,
  );
  const work = spans.timed('work', (ms: number) => {
    now += ms;
    if (ms < 0) throw new Error('broken');
    return ms;
  });
  return { spans, warnings, work };
}

describe('spans', () => {
  it('measure each call and pass its result on', () => {
    const { spans, warnings, work } = rig();
    assert.deepEqual([0.25, 3, 16].map(work), [0.25, 3, 16]);
    const histogram = [1, 0, 0, 0, 1, 0, 1, 0];
    assert.deepEqual(spans.read(), { work: { count: 3, totalMs: 19.25, maxMs: 16, long: 0, histogram } });
    assert.deepEqual(warnings, []);
  });

  it('warn above 16 ms', () => {
    const { spans, warnings, work } = rig();
    work(16.5);
    assert.deepEqual(warnings, ['work held the extension host for 16.5 ms']);
    assert.equal(spans.read()['work']?.long, 1);
    assert.equal(spans.read()['work']?.histogram.at(-1), 1);
  });

  it('measure what throws, and let it through', () => {
    const { spans, work } = rig();
    assert.throws(() => work(-1), /broken/);
    assert.equal(spans.read()['work']?.count, 1);
  });

  it('keep names of any kind apart', () => {
    const { spans } = rig();
    spans.timed('__proto__', () => 1)();
    assert.equal(Object.entries(spans.read()).length, 1);
  });
});
