import { pathToFileURL } from 'node:url';
import { createTokenCounter } from '../../src/engine/tokens/counter.ts';
import type { TokenCounter, TokenCounterOptions } from '../../src/engine/tokens/counter.ts';

/** The counter's thread and files as they lie in the sources. */
export const tokenFiles = {
  entry: new URL('../../src/engine/tokens/thread.ts', import.meta.url),
  assets: new URL('./node_modules/tiktoken/', pathToFileURL(`${process.cwd()}/`)),
};

/** A counter that waits as long as a busy machine takes. */
export function createTestCounter(options: Partial<TokenCounterOptions> = {}): TokenCounter {
  return createTokenCounter({
    ...tokenFiles,
    patience: 60_000,
    multipliers: () => new Map(),
    log: () => undefined,
    ...options,
  });
}
