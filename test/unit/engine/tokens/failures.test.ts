import assert from 'node:assert/strict';
import type { TokenCounter } from '../../../../src/engine/tokens/counter.ts';
import { createTestCounter } from '../../../support/tokenCounter.ts';

const entry = new URL('../../../support/failingThread.mjs', import.meta.url);
const model = 'gpt-5';

interface Tried {
  readonly counter: TokenCounter;
  readonly logged: string[];
  /** Lets all the time pass that a counter has set itself. */
  pass(ms: number): void;
}

/** A counter whose clock stands still until it is told otherwise. */
function createTried(options: { readonly entry?: URL } = {}): Tried {
  const logged: string[] = [];
  const timers = new Set<{ readonly ms: number; readonly call: () => void }>();
  const after = (ms: number, call: () => void): (() => void) => {
    const timer = { ms, call };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  const log = (_: 'warn', message: string): unknown => logged.push(message);
  const counter = createTestCounter({ entry, patience: 1000, after, log, ...options });
  const pass = (ms: number): void => {
    for (const timer of timers) if (timer.ms <= ms) timer.call();
  };
  return { counter, logged, pass };
}

describe('a token counter in trouble', () => {
  let tried: Tried;
  afterEach(() => tried.counter.dispose());

  it('answers by length at once before its tokenizer has been loaded, and counts then', async () => {
    tried = createTried();
    assert.deepEqual(await tried.counter.count('x'.repeat(370), model), {
      tokens: 100,
      raw: 100,
      multiplier: 1,
      basis: 'length',
    });
    await tried.counter.warm(model);
    assert.deepEqual(await tried.counter.count('x'.repeat(370), model), {
      tokens: 370,
      raw: 370,
      multiplier: 1,
      basis: 'counted',
    });
  });

  it('waits for its tokenizer where a text is worth it', async () => {
    tried = createTried();
    assert.equal((await tried.counter.count('x'.repeat(30_000), model)).basis, 'counted');
  });

  it('gives its memory back when nothing has been counted for a while, and counts on after that', async () => {
    tried = createTried();
    await tried.counter.warm(model);
    assert.equal((await tried.counter.count('text', model)).basis, 'counted');
    tried.pass(15 * 60_000);
    assert.equal((await tried.counter.count('text', model)).basis, 'length');
    await tried.counter.warm(model);
    assert.equal((await tried.counter.count('text', model)).basis, 'counted');
  });

  it('survives a trap of the wasm: answers by length, says so, starts anew', async () => {
    tried = createTried();
    await tried.counter.warm(model);
    const [trapped, behind] = await Promise.all([
      tried.counter.count('trap', model),
      tried.counter.count('behind it', model),
    ]);
    assert.deepEqual([trapped.basis, behind.basis], ['length', 'length']);
    assert.deepEqual(tried.logged, ['token counting starts anew: unreachable']);
    await tried.counter.warm(model);
    assert.equal((await tried.counter.count('well again', model)).basis, 'counted');
  });

  it('lets nobody wait longer than its patience, and ends a thread that hangs', async () => {
    tried = createTried();
    await tried.counter.warm(model);
    const hanging = tried.counter.count('hang', model);
    tried.pass(1000);
    assert.equal((await hanging).basis, 'length');
    const behind = tried.counter.count('behind it', model);
    tried.pass(10_000);
    assert.equal((await behind).basis, 'length');
    await tried.counter.warm(model);
    assert.equal((await tried.counter.count('well again', model)).basis, 'counted');
  });

  it('tries three times when its files are missing, then goes by length', async () => {
    tried = createTried({ entry: new URL('missing.mjs', entry) });
    for (let i = 0; i < 5; i += 1) await tried.counter.warm(model);
    assert.equal((await tried.counter.count('text', model)).basis, 'length');
    const said = tried.logged.map((message) => message.replace(/: .*/s, ''));
    const anew = 'token counting starts anew';
    assert.deepEqual(said, [anew, anew, 'token counting stops, lengths stand in for it']);
  });

  it('has nothing to wait for when it is disposed', async () => {
    tried = createTried();
    await tried.counter.warm(model);
    const hanging = tried.counter.count('hang', model);
    tried.counter.dispose();
    assert.equal((await hanging).basis, 'length');
    assert.deepEqual(tried.logged, []);
  });
});
