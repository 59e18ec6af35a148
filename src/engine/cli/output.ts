import { once } from 'node:events';
import type { Writable } from 'node:stream';

export interface Output {
  /** Resolves when more may be written. Writing to a pipe that nobody reads any longer does nothing. */
  write(text: string): Promise<void>;
  /** The reader has gone (`| head`): going on is of no use. */
  readonly closed: boolean;
}

/** Other errors of the stream are for the process to fail with. */
export function createOutput(stream: Writable): Output {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  });
  return {
    write: async (text) => {
      if (closed || stream.write(text)) return;
      // A broken pipe never drains, but it closes.
      await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
    },
    get closed() {
      return closed;
    },
  };
}
