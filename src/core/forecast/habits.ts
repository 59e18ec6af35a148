import { plainModel } from '../models.ts';
import { promptTokens } from '../usage.ts';
import { cacheLifetime } from './cacheState.ts';
import type { LastCall } from './cacheState.ts';
import { keyOf } from './pastCall.ts';
import type { PastCall } from './pastCall.ts';
import { ascending, quantile } from './quantile.ts';

/** Where and when a session begins. */
export interface Where {
  readonly agent: string;
  readonly project: string | null;
  readonly model: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a new session reads before its prompt, and what of it others have left in the cache; tokens. */
export interface Preamble {
  readonly tokens: number;
  readonly shared: number;
}

/** How sessions begin, by agent, project and model. */
export interface Habits {
  /** Takes calls of main threads in order of time. */
  add(call: PastCall, beginsSession: boolean): void;
  /** The agent's newest call, with that model if there is one. */
  usual(agent: string, model: string): LastCall | null;
  /** The agent's newest call; null asks for anyone's. */
  newest(agent: string | null): LastCall | null;
  /** The project's median, else the agent's, else anyone's; null when no session is known. */
  preamble(where: Where): Preamble | null;
  shared(where: Where): number;
}

// Instructions and tools change: only the newest sessions count.
const newestSessions = 30;

export function createHabits(): Habits {
  const usual = new Map<string, LastCall>();
  const preambles = new Map<string, number[]>();
  const names = new Map<string, string>();
  const left = new Map<string, { readonly last: LastCall; readonly tokens: number }>();
  const plain = (model: string): string => {
    const name = names.get(model) ?? plainModel(model);
    names.set(model, name);
    return name;
  };
  const shared = ({ agent, project, model, at }: Where): number => {
    const found = left.get(keyOf(agent, project, plain(model)));
    return found !== undefined && at - found.last.at < cacheLifetime(found.last) ? found.tokens : 0;
  };
  return {
    add: (call, beginsSession) => {
      const { agent, project, model, tokens } = call;
      const where = keyOf(agent, project, plain(model));
      const seen = beginsSession && tokens.cacheRead > 0 ? tokens.cacheRead : null;
      left.set(where, { last: call, tokens: seen ?? left.get(where)?.tokens ?? 0 });
      usual.set(keyOf(agent, plain(model)), call);
      usual.set(keyOf(agent), call);
      usual.set(keyOf(), call);
      if (!beginsSession) return;
      for (const place of [keyOf(agent, project), keyOf(agent), keyOf()]) {
        preambles.set(place, [...(preambles.get(place) ?? []), promptTokens(tokens)].slice(-newestSessions));
      }
    },
    usual: (agent, model) => usual.get(keyOf(agent, plain(model))) ?? usual.get(keyOf(agent)) ?? null,
    newest: (agent) => usual.get(agent === null ? keyOf() : keyOf(agent)) ?? null,
    preamble: (where) => {
      const { agent, project } = where;
      const seen = preambles.get(keyOf(agent, project)) ?? preambles.get(keyOf(agent)) ?? preambles.get(keyOf());
      return seen === undefined ? null : { tokens: quantile(ascending(seen), 0.5), shared: shared(where) };
    },
    shared,
  };
}
