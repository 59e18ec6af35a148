export interface Clock {
  /** Milliseconds, of any origin. */
  now(): number;
  later(ms: number, run: () => void): void;
}

/** Makes a `run` that may be asked for at any rate: never twice at once, never sooner than `gap` ms after its last start. */
export function coalesce(run: () => Promise<void>, gap: number, clock: Clock): () => void {
  let startedAt = -Infinity;
  let state: 'idle' | 'waiting' | 'running' = 'idle';
  let asked = false;

  const start = async (): Promise<void> => {
    state = 'running';
    asked = false;
    startedAt = clock.now();
    try {
      await run();
    } finally {
      state = 'idle';
      if (asked) request();
    }
  };
  const request = (): void => {
    if (state === 'running') asked = true;
    if (state !== 'idle') return;
    state = 'waiting';
    const wait = startedAt + gap - clock.now();
    if (wait <= 0) void start();
    else clock.later(wait, () => void start());
  };
  return request;
}
