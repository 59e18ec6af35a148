export interface Loop {
  /** Starts taking turns, the first one at once, unless it is at it already. */
  run(): void;
  /** Resolves when there is nothing left to do. */
  settled(): Promise<void>;
}

/** Takes turns until one has nothing to do, giving way to the event loop between them. */
export function createLoop(turn: () => boolean | Promise<boolean>, afterTurn: () => void): Loop {
  let running = false;
  let waiters: (() => void)[] = [];
  const run = async (): Promise<void> => {
    running = true;
    try {
      for (let more = turn(); more instanceof Promise ? await more : more; more = turn()) {
        afterTurn();
        await new Promise(setImmediate);
      }
    } finally {
      running = false;
      afterTurn();
      for (const wake of waiters) wake();
      waiters = [];
    }
  };
  return {
    run: () => {
      if (!running) void run();
    },
    settled: (): Promise<void> => (running ? new Promise((wake) => void waiters.push(wake)) : Promise.resolve()),
  };
}
