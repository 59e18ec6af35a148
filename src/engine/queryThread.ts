import { parentPort, Worker } from 'node:worker_threads';
import * as z from 'zod';
import { querySchema } from '../core/query.ts';
import type { Query } from '../core/query.ts';
import { zoneOf } from '../core/zone.ts';
import { openReader } from './ledger/open.ts';
import { messageOf } from './messageOf.ts';
import { answer } from './query/answer.ts';
import type { LedgerAnswer, LedgerQuery } from './query/answer.ts';
import { createTitleReader } from './titles.ts';

// A breakdown of a long history takes a third of a second: on a thread of its own it keeps no live call waiting.

export const threadData = z.object({ ledgerPath: z.string(), timeZone: z.string() });

interface Reply {
  readonly id: number;
  readonly answer?: LedgerAnswer;
  readonly failure?: string;
}

/** The thread's own side: answers until it is ended. */
export function serveQueries({ ledgerPath, timeZone }: z.infer<typeof threadData>): void {
  const db = openReader(ledgerPath);
  const zone = zoneOf(timeZone);
  const readTitle = createTitleReader();
  const asked = z.object({ id: z.int(), query: querySchema, now: z.number() });
  const reply = async (raw: unknown): Promise<Reply> => {
    const { id, query, now } = asked.parse(raw);
    if (query.kind === 'prices') return { id, failure: 'not a question to the ledger' };
    return answer({ db, timeZone: zone, now, readTitle }, query).then(
      (found) => ({ id, answer: found }),
      (error: unknown) => ({ id, failure: messageOf(error) }),
    );
  };
  parentPort?.on('message', (raw: unknown) => {
    void reply(raw).then((message) => parentPort?.postMessage(message));
  });
}

export interface QueryThread {
  ask(id: number, query: LedgerQuery, now: number): void;
  dispose(): void;
}

/** Runs `entry` as a thread when the first question comes, and anew after it has failed. */
export function createQueryThread(
  entry: URL,
  data: z.infer<typeof threadData>,
  settle: (id: number, found: LedgerAnswer | Error) => void,
): QueryThread {
  let worker: Worker | null = null;
  const pending = new Set<number>();
  const begin = (): Worker => {
    const started = new Worker(entry, { workerData: data });
    started.on('message', ({ id, answer: found, failure }: Reply) => {
      pending.delete(id);
      settle(id, failure === undefined && found !== undefined ? found : new Error(failure));
    });
    started.on('error', (error) => {
      worker = null;
      for (const id of pending) settle(id, error instanceof Error ? error : new Error(String(error)));
      pending.clear();
    });
    return started;
  };
  return {
    ask: (id, query: Query, now) => {
      pending.add(id);
      worker ??= begin();
      worker.postMessage({ id, query, now });
    },
    dispose: () => {
      void worker?.terminate();
      worker = null;
    },
  };
}
