import type { FromEngine } from '../core/protocol.ts';

export type Settled = Extract<FromEngine, { type: 'answer' | 'failure' }>;
interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: Error) => void;
}

/** Queries and actions on their way to the engine, by the id that its answer will carry. */
export interface EngineAnswers {
  /** The asker says of which type the answer will be. */
  expect<A>(send: (id: number) => void): Promise<A>;
  settle(message: Settled): void;
  /** Nobody will answer any more: the engine ended. */
  rejectAll(message: string): void;
}

export function createAnswers(): EngineAnswers {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  return {
    expect: (send) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        send(lastId);
      }),
    settle(message) {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      // The id ties the answer to its question, and so to the type that the asker waits for.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      if (message.type === 'answer') asked?.resolve(message.answer as never);
      else asked?.reject(new Error(message.message));
    },
    rejectAll(message) {
      const all = [...waiting.values()];
      waiting.clear();
      for (const { reject } of all) reject(new Error(message));
    },
  };
}
