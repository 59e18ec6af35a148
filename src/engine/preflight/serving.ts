import type { Choice } from '../../core/preflight/question.ts';
import type { Preflight } from './preflight.ts';

/** The loopback server of one window, which runs only while an agent has hooks that may call it. */
export interface Serving {
  /** Starts or ends it. A server that cannot be had is tried for again at the next call. */
  run(on: boolean): void;
  windowChanged(): void;
  answered(id: number, choice: Choice): void;
  dispose(): void;
}

export function createServing(start: () => Promise<Preflight>, failed: (error: unknown) => void): Serving {
  let running: Promise<Preflight | null> | null = null;
  const withServer = (work: (server: Preflight) => void): void => {
    void running?.then((server) => (server === null ? undefined : work(server)));
  };
  const stop = (): void => {
    withServer((server) => server.dispose());
    running = null;
  };
  const begin = (): Promise<Preflight | null> => {
    const begun = start().catch((error: unknown) => {
      failed(error);
      if (running === begun) running = null;
      return null;
    });
    return begun;
  };
  return {
    run: (on) => {
      if (!on) return stop();
      running ??= begin();
    },
    windowChanged: () => withServer((server) => server.windowChanged()),
    answered: (id, choice) => withServer((server) => server.answered(id, choice)),
    dispose: stop,
  };
}
