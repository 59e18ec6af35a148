import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { Encoding } from '../../core/tokens/family.ts';
import { messageOf } from '../messageOf.ts';

/** The thread that counts, started when it is needed and anew after it has failed. */
export interface CountThread {
  /** Tokens of `text` in that vocabulary, null when the thread ended over it. Never rejects. */
  ask(encoding: Encoding, text: string): Promise<number | null>;
  /** Ends the thread; whoever waits gets null. The next question starts another. */
  end(): void;
}

const told = z.object({ id: z.int(), tokens: z.int() });

/** A thread that fails as often in a row, without one answer, will not work here: files are missing. */
const failuresAtMost = 3;

/** `onEnd` hears of each end before its questions are settled: what to tell of it, null when the thread was told to end. */
export function createCountThread(entry: URL, assets: URL, onEnd: (message: string | null) => void): CountThread {
  let worker: Worker | null = null;
  let asked = 0;
  let failures = 0;
  const waiting = new Map<number, (tokens: number | null) => void>();

  const ended = (of: Worker, message: string | null): void => {
    if (worker !== of) return;
    worker = null;
    onEnd(message);
    const left = [...waiting.values()];
    waiting.clear();
    for (const settle of left) settle(null);
  };
  const begin = (): Worker => {
    const started = new Worker(entry, { workerData: { assets: assets.href } });
    // Waiting for a question must not keep a process alive that has nothing else to do.
    started.unref();
    started.on('message', (raw) => {
      const { id, tokens } = told.parse(raw);
      failures = 0;
      waiting.get(id)?.(tokens);
      waiting.delete(id);
    });
    started.on('error', (error) => {
      failures += 1;
      const what = failures < failuresAtMost ? 'starts anew' : 'stops, lengths stand in for it';
      ended(started, `token counting ${what}: ${messageOf(error)}`);
    });
    return started;
  };
  return {
    ask: (encoding, text) => {
      if (failures >= failuresAtMost) return Promise.resolve(null);
      worker ??= begin();
      asked += 1;
      const id = asked;
      const answer = new Promise<number | null>((resolve) => waiting.set(id, resolve));
      worker.postMessage({ id, encoding, text });
      return answer;
    },
    end: () => {
      if (worker === null) return;
      const over = worker;
      ended(over, null);
      void over.terminate();
    },
  };
}
