export interface Loop {
  /** Starts taking turns, the first one at once, unless it is at it already; ends a rest. */
  run(): void;
  /** Resolves when there is nothing left to do. */
  settled(): Promise<void>;
}

export interface LoopOptions {
  /** Does a slice of work; false when there is none. */
  readonly turn: () => boolean | Promise<boolean>;
  readonly afterTurn: () => void;
  /** How long to rest before the next turn, ms; 0 only gives way to the event loop. */
  readonly rest: () => number;
}

/** Takes turns until one has nothing to do. */
export function createLoop({ turn, afterTurn, rest }: LoopOptions): Loop {
  let running = false;
  let waiters: (() => void)[] = [];
  let wake: (() => void) | null = null;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (ms <= 0) return void setImmediate(resolve);
      const timer = setTimeout(() => wake?.(), ms);
      wake = () => {
        clearTimeout(timer);
        wake = null;
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    running = true;
    try {
      for (let more = turn(); more instanceof Promise ? await more : more; more = turn()) {
        afterTurn();
        await pause(rest());
      }
    } finally {
      running = false;
      afterTurn();
      for (const tell of waiters) tell();
      waiters = [];
    }
  };
  return {
    run: () => {
      if (!running) void run();
      else wake?.();
    },
    settled: (): Promise<void> => (running ? new Promise((done) => void waiters.push(done)) : Promise.resolve()),
  };
}
