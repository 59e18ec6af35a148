import { createHash } from 'node:crypto';
import type { HookEvent } from '../../core/preflight/event.ts';

/** How long a blocked event may be sent again, in ms. */
const patience = 600_000;
const remembered = 1000;

/** Holds events back once where no window can ask: to send again is the user's yes. */
export interface BlockOnce {
  /** Whether the user was told before and goes on all the same. */
  passes(event: HookEvent): boolean;
  block(event: HookEvent): void;
}

/**
 * `now` is in ms since the epoch. A prompt passes when it is sent again. What happens within a task passes once the user
 * has written another prompt after the block: a model that tries again by itself is nobody's yes. Keeps hashes, no texts.
 */
export function createBlockOnce(now: () => number): BlockOnce {
  const until = new Map<string, number>();
  const holds = (key: string): boolean => now() < (until.get(key) ?? 0);
  const set = (key: string): void => {
    until.delete(key);
    until.set(key, now() + patience);
    const [eldest] = until.size > remembered ? until.keys() : [];
    if (eldest !== undefined) until.delete(eldest);
  };
  return {
    passes: (event) => {
      if (event.kind !== 'prompt') return holds(sessionKey('released', event));
      const [prompt, told] = [promptKey(event), sessionKey('told', event)];
      const [again, goesOn] = [holds(prompt), holds(told)];
      until.delete(prompt);
      until.delete(told);
      if (goesOn) set(sessionKey('released', event));
      return again || goesOn;
    },
    block: (event) => set(event.kind === 'prompt' ? promptKey(event) : sessionKey('told', event)),
  };
}

// Not by session: a command line that is run again starts a new one.
function promptKey({ agent, cwd, prompt }: HookEvent): string {
  return hash(['prompt', agent, cwd, prompt]);
}

function sessionKey(state: 'told' | 'released', { agent, session }: HookEvent): string {
  return hash([state, agent, session]);
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
