import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { startEngine } from '../../../src/vscode/engineProcess.ts';
import type { Engine, Log } from '../../../src/vscode/engineProcess.ts';
import { createSpans } from '../../../src/vscode/spans.ts';

const modulePath = fileURLToPath(new URL('../../support/fakeEngine.mjs', import.meta.url));

interface Rig {
  readonly engine: Engine;
  /** Resolves when a line that contains `text` has been logged or noticed, counting from the start. */
  readonly heard: (text: string, times?: number) => Promise<void>;
  readonly lines: string[];
  readonly troubles: () => number;
}

function rig(path: string): Rig {
  const lines: string[] = [];
  let troubles = 0;
  let wake: (() => void) | undefined;
  const hear = (line: string): void => {
    lines.push(line);
    wake?.();
  };
  const log: Log = { trace: hear, debug: hear, info: hear, warn: hear, error: hear };
  const engine = startEngine({
    modulePath: path,
    greeting: () =>
      Promise.resolve([
        { type: 'folders', folders: [] },
        { type: 'focus', focused: true },
      ]),
    onEvent: (event) => hear(event.type === 'notice' ? `heard ${event.message}` : event.type),
    notifier: { trouble: () => (troubles += 1), engineEnded: () => hear('the end') },
    log,
    // How long a span took is the machine's business, not this test's.
    timed: createSpans(() => {}).timed,
  });
  const heard = async (text: string, times = 1): Promise<void> => {
    while (lines.filter((line) => line.includes(text)).length < times) {
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { engine, heard, lines, troubles: () => troubles };
}

describe('engine process', () => {
  let it1: Rig;
  beforeEach(() => (it1 = rig(modulePath)));
  afterEach(() => it1.engine.dispose());

  it('greets the engine, passes on what it says and logs what is no message', async () => {
    await it1.heard('heard focus');
    const [first, ...others] = it1.lines;
    assert.match(String(first), /^the engine runs as process \d+/);
    assert.deepEqual(others, ['a message of the engine was not understood', 'up', 'heard folders', 'heard focus']);
  });

  it('answers and refuses as the engine does', async () => {
    await it1.heard('heard focus');
    const [answer, refusal] = await Promise.allSettled([
      it1.engine.query({ kind: 'call', id: 1 }),
      it1.engine.query({ kind: 'projection' }),
    ]);
    assert.deepEqual(answer, { status: 'fulfilled', value: null });
    assert.equal(refusal.status === 'rejected' && String(refusal.reason), 'Error: no calls');
  });

  it('has actions done, each answer told from a query’s', async () => {
    await it1.heard('heard focus');
    const action = { kind: 'setHooks', agent: 'owl', on: true } as const;
    const [call, done, refused] = await Promise.allSettled([
      it1.engine.query({ kind: 'call', id: 1 }),
      it1.engine.act(action),
      it1.engine.act({ kind: 'thinking' }),
    ]);
    assert.deepEqual(
      [call, done].map((one) => one.status === 'fulfilled' && one.value),
      [null, action],
    );
    assert.equal(refused.status === 'rejected' && String(refused.reason), 'Error: no agents');
  });

  it('rejects what is unanswered when the engine dies, then starts and greets a new one', async () => {
    await it1.heard('heard focus');
    const unanswered = it1.engine.query({ kind: 'prices' });
    it1.engine.send({ type: 'rebuild' });
    await assert.rejects(unanswered, /ended before it answered/);
    await assert.rejects(it1.engine.query({ kind: 'call', id: 1 }), /restarting/);
    await assert.rejects(it1.engine.act({ kind: 'hooks' }), /restarting/);
    assert.ok(it1.lines.includes('the end'), 'what it asked is void');
    await it1.heard('heard focus', 2);
    assert.equal(await it1.engine.query({ kind: 'call', id: 1 }), null);
    assert.ok(it1.lines.includes('engine ended (code 3), next start in 500 ms'), it1.lines.join('\n'));
    assert.equal(it1.troubles(), 0);
  });

  it('rejects what is unanswered when it is disposed, and stays down', async () => {
    await it1.heard('heard focus');
    const unanswered = it1.engine.query({ kind: 'prices' });
    it1.engine.dispose();
    await assert.rejects(unanswered, /ended before it answered/);
    await assert.rejects(it1.engine.query({ kind: 'call', id: 1 }), /restarting/);
    assert.ok(!it1.lines.some((line) => line.includes('next start')));
  });

  it('logs why an engine cannot start', async () => {
    const broken = rig(`${modulePath}.missing`);
    await broken.heard('next start in 500 ms');
    broken.engine.dispose();
    assert.ok(
      broken.lines.some((line) => line.includes('Cannot find module')),
      broken.lines.join('\n'),
    );
  });
});
