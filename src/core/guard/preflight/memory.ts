import { contentId } from '../../pricing/contentId.ts';
import type { HookEvent } from '../../preflight/event.ts';
import type { Choice } from '../../preflight/question.ts';
import type { Found } from './found.ts';

/** What is remembered of one session, as long as the engine runs. */
export interface SessionMemory {
  /** The user chose "Always This Session". */
  readonly allowed: boolean;
  /** Subagents that the running task has started, and how many of them the user agreed to. */
  readonly subagents: number;
  readonly subagentsAgreed: number;
}

/** All that pre-flight remembers between two events: keys, digests and sums, never a text. */
export interface PreflightMemory {
  readonly sessions: ReadonlyMap<string, SessionMemory>;
  /** What was found of prompts that were asked about and not agreed to: the same prompt is asked about again. */
  readonly open: ReadonlyMap<string, readonly Found[]>;
  /** What a session's agent asks about itself: its answer shows in whether the task goes on. */
  readonly left: ReadonlyMap<string, readonly Found[]>;
  /** What was said, or agreed to, and how much was spent then (USD). */
  readonly marks: ReadonlyMap<string, number>;
}

export type Happening =
  | { readonly kind: 'event'; readonly event: HookEvent }
  /** Findings were put to the user. */
  | { readonly kind: 'said'; readonly event: HookEvent; readonly found: readonly Found[] }
  /** They were left to the agent's own question. */
  | { readonly kind: 'left'; readonly event: HookEvent; readonly found: readonly Found[] }
  | { readonly kind: 'chosen'; readonly event: HookEvent; readonly found: readonly Found[]; readonly choice: Choice };

export const noMemory: PreflightMemory = { sessions: new Map(), open: new Map(), left: new Map(), marks: new Map() };

const noSession: SessionMemory = { allowed: false, subagents: 0, subagentsAgreed: 0 };
const remembered = 500;

export function sessionOf(memory: PreflightMemory, event: HookEvent): SessionMemory {
  return memory.sessions.get(sessionKey(event)) ?? noSession;
}

/** What was found of this prompt when it was last sent, and not agreed to. */
export function openFor(memory: PreflightMemory, event: HookEvent): readonly Found[] {
  return memory.open.get(promptKey(event)) ?? [];
}

/** The memory after something happened. */
export function remember(memory: PreflightMemory, what: Happening): PreflightMemory {
  const { event } = what;
  switch (what.kind) {
    case 'event':
      return begun(memory, event);
    case 'said': {
      const asked = what.found.some(({ action }) => action === 'ask') && event.kind === 'prompt';
      const said = marked(memory, what.found, 'said');
      return asked ? { ...said, open: put(said.open, promptKey(event), what.found) } : said;
    }
    case 'left':
      return { ...memory, left: put(memory.left, sessionKey(event), what.found) };
    case 'chosen':
      return what.choice === 'dontSend' ? memory : agreed(memory, event, what.found, what.choice);
  }
}

function begun(before: PreflightMemory, event: HookEvent): PreflightMemory {
  const memory = answered(before, event);
  if (event.kind === 'prompt') return withSession(memory, event, { subagents: 0, subagentsAgreed: 0 });
  if (event.kind !== 'subagent') return memory;
  return withSession(memory, event, { subagents: sessionOf(memory, event).subagents + 1 });
}

/**
 * A task that goes on after the agent's own question was agreed to, and so are launches beside the one that is asked
 * about: saying no to it stops them. Where another prompt comes first, nobody knows.
 */
function answered(memory: PreflightMemory, event: HookEvent): PreflightMemory {
  const found = memory.left.get(sessionKey(event));
  if (found === undefined) return memory;
  const left = new Map(memory.left);
  left.delete(sessionKey(event));
  return event.kind === 'prompt' ? { ...memory, left } : agreed({ ...memory, left }, event, found, 'send');
}

/** Also when nobody answered: what went on unasked is not asked about at every further call. */
function agreed(memory: PreflightMemory, event: HookEvent, found: readonly Found[], choice: Choice): PreflightMemory {
  const open = new Map(memory.open);
  open.delete(promptKey(event));
  const next = marked({ ...memory, open }, found, 'agreed');
  if (choice === 'always') return withSession(next, event, { allowed: true });
  if (!found.some(({ rule }) => rule === 'subagents')) return next;
  // As many again go unasked: a question for each one would teach to click it away.
  return withSession(next, event, { subagentsAgreed: 2 * sessionOf(memory, event).subagents });
}

function marked(memory: PreflightMemory, found: readonly Found[], by: 'said' | 'agreed'): PreflightMemory {
  const mine = found.flatMap(({ mark }) => (mark?.by === by ? [mark] : []));
  return { ...memory, marks: mine.reduce((marks, { key, spent }) => put(marks, key, spent), memory.marks) };
}

function withSession(memory: PreflightMemory, event: HookEvent, change: Partial<SessionMemory>): PreflightMemory {
  const next = { ...sessionOf(memory, event), ...change };
  return { ...memory, sessions: put(memory.sessions, sessionKey(event), next) };
}

/** The newest last, the eldest forgotten. */
function put<T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  const next = new Map(map);
  next.delete(key);
  next.set(key, value);
  const eldest = next.size > remembered ? next.keys().next().value : undefined;
  if (eldest !== undefined) next.delete(eldest);
  return next;
}

/** Names a session among all agents'. */
export function sessionKey({ agent, session }: Pick<HookEvent, 'agent' | 'session'>): string {
  return JSON.stringify([agent, session]);
}

function promptKey({ agent, session, prompt }: HookEvent): string {
  return JSON.stringify([agent, session, contentId(prompt ?? '')]);
}
