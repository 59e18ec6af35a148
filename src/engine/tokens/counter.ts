import { countByLength, scaled } from '../../core/tokens/count.ts';
import type { Multipliers, TokenCount } from '../../core/tokens/count.ts';
import { tokenFamily } from '../../core/tokens/family.ts';
import type { Encoding } from '../../core/tokens/family.ts';
import { createCountThread } from './countThread.ts';

export interface TokenCounterOptions {
  /** The thread's module, `thread.ts` or its bundle. */
  readonly entry: URL;
  /** The folder that holds tiktoken's `lite/` and `encoders/`; ends with a slash. */
  readonly assets: URL;
  /** Milliseconds that a count may take before the text's length answers for it. */
  readonly patience: number;
  readonly multipliers: () => Multipliers;
  readonly log: (level: 'warn', message: string) => void;
  /** Calls back after so many milliseconds, unless cancelled by what it returns. */
  readonly after?: (ms: number, call: () => void) => () => void;
}

export interface TokenCounter {
  /** What `text` will be billed as; always an estimate. Never rejects; waits no longer than the patience. */
  count(text: string, model: string | null): Promise<TokenCount>;
  /** Loads what counting for this model needs; settles when that is done or has failed. Never rejects. */
  warm(model: string | null): Promise<void>;
  dispose(): void;
}

/** Longer texts than any window holds are not worth their time: 16 MB. */
const longestText = 16 * 1024 * 1024;
/** Counted when a vocabulary is loaded: the first count of all is slow, since the wasm is compiled as it is used. */
const sample = 'const answer = 42; // “Hello, 世界!”\n'.repeat(50);
/** Characters from which a text is worth the half second that loading takes; shorter ones cost cents either way. */
const worthLoading = 20_000;
/** Milliseconds after which an idle thread gives its 85 to 115 MB back. */
const idleAfter = 15 * 60_000;
/** A count that has taken this many patiences is stuck: its thread is ended. */
const stuckAfter = 10;

function afterTimeout(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms).unref();
  return () => clearTimeout(timer);
}

/** Counts with tiktoken on a thread that starts, and loads a vocabulary, when one is first asked for. */
export function createTokenCounter(options: TokenCounterOptions): TokenCounter {
  const { patience, multipliers, after = afterTimeout } = options;
  const ready = new Set<Encoding>();
  const thread = createCountThread(options.entry, options.assets, (message) => {
    ready.clear();
    if (message !== null) options.log('warn', message);
  });
  const warm = async (model: string | null): Promise<void> => {
    const { encoding } = tokenFamily(model);
    if (ready.has(encoding)) return;
    if ((await thread.ask(encoding, sample)) !== null) ready.add(encoding);
  };
  const withinPatience = (encoding: Encoding, text: string): Promise<number | null> =>
    new Promise((resolve) => {
      const cancelLate = after(patience, () => resolve(null));
      const cancelStuck = after(patience * stuckAfter, () => thread.end());
      const settled = thread.ask(encoding, text).then(resolve);
      void settled.finally(() => {
        cancelLate();
        cancelStuck();
      });
    });
  let cancelIdle: (() => void) | null = null;
  const putOffRest = (): void => {
    cancelIdle?.();
    cancelIdle = after(idleAfter, () => thread.end());
  };
  return {
    warm,
    count: async (text, model) => {
      const { encoding } = tokenFamily(model);
      putOffRest();
      if (!ready.has(encoding)) void warm(model);
      const isWorthIt = ready.has(encoding) || text.length >= worthLoading;
      const isCountable = isWorthIt && text.length <= longestText;
      const raw = isCountable ? await withinPatience(encoding, text) : null;
      if (raw === null) return countByLength(text, model, multipliers());
      return scaled(raw, 'counted', model, multipliers());
    },
    dispose: () => {
      cancelIdle?.();
      thread.end();
    },
  };
}
