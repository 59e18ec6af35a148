import { isMainThread, workerData } from 'node:worker_threads';
import type { FromEngine } from '../core/protocol.ts';
import { hostFacts } from './hostFacts.ts';
import { messageOf } from './messageOf.ts';
import { serveQueries, threadData } from './queryThread.ts';
import { createService } from './service.ts';

// The engine's process: forked by the extension, speaks with it over IPC, ends with it.

function send(message: FromEngine): void {
  // A channel that closes under the message is no news: 'disconnect' follows.
  if (process.connected) process.send?.(message, () => undefined);
}

/** The parent starts a new engine; a state that nobody understands is not to be metered on with. */
function endWith(error: unknown): void {
  const message = { type: 'log', level: 'error', message: `the engine ends: ${messageOf(error)}` } satisfies FromEngine;
  if (process.connected && process.send) process.send(message, () => process.exit(1));
  else process.exit(1);
}

function serveWindow(): void {
  const service = createService({
    send,
    host: hostFacts(),
    now: Date.now,
    clock: () => performance.now(),
    fetch: globalThis.fetch,
    entry: new URL(import.meta.url),
    onDamage: () => endWith('the ledger is damaged'),
  });
  process.on('message', (raw) => service.receive(raw));
  process.on('disconnect', () => {
    service.dispose();
    // What is to be disposed of may hang on promises that are kept by now; their turns come first.
    setImmediate(() => process.exit(0));
  });
  process.on('unhandledRejection', (error) => send({ type: 'log', level: 'error', message: messageOf(error) }));
  process.on('uncaughtException', endWith);
}

if (isMainThread) serveWindow();
else serveQueries(threadData.parse(workerData));
