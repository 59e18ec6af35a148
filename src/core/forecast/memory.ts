import type { RateCard } from '../pricing/rateCard.ts';
import type { LastCall } from './cacheState.ts';
import { createHabits } from './habits.ts';
import type { Habits } from './habits.ts';
import { keyOf } from './pastCall.ts';
import type { PastCall } from './pastCall.ts';
import { recall } from './pastTask.ts';
import type { PastTask } from './pastTask.ts';

/** What the user's past calls say about the next one. */
export interface Memory extends Pick<Habits, 'usual' | 'newest' | 'preamble'> {
  /** Takes calls in order of time. */
  add(call: PastCall): void;
  /** Past tasks, oldest first, without the newest of each session that is still at work. */
  tasks(isAtWork?: (session: string) => boolean): readonly PastTask[];
  /** A thread's last call. */
  last(session: string, subagent: string | null): LastCall | null;
}

/** A task as far as it is known. */
interface OpenTask {
  readonly first: PastCall;
  readonly last: LastCall | null;
  readonly usual: LastCall | null;
  readonly shared: number;
  cost: number | null;
  thinking: number | null;
  readonly answers: number[];
  told: PastTask | null | undefined;
}

// How long its answers are shows in a task's first calls; more would cost time and tell the same.
const answersOfTask = 8;

/** Prices what it tells by `card`. */
export function createMemory(card: RateCard): Memory {
  const tasks = new Map<string, OpenTask>();
  const running = new Map<string, OpenTask>();
  const ends = new Map<string, PastCall>();
  const habits = createHabits();

  const begin = (call: PastCall, turn: string): OpenTask => {
    const last = ends.get(keyOf(call.session, null)) ?? null;
    const usual = habits.usual(call.agent, call.model);
    const task = openTask(call, { last, usual, shared: last === null ? habits.shared(call) : 0 });
    tasks.set(keyOf(call.session, turn), task);
    running.set(call.session, task);
    return task;
  };
  /** Its turn's; a subagent's may be the one that runs in the session, or in that which started it. */
  const taskOf = (call: PastCall): OpenTask | undefined => {
    const { session, parentSession, subagent, turn } = call;
    const own = turn === null ? undefined : tasks.get(keyOf(session, turn));
    if (own !== undefined) return own;
    if (subagent !== null) return running.get(session) ?? running.get(parentSession ?? '');
    return turn === null ? undefined : begin(call, turn);
  };
  return {
    add: (call) => {
      const task = taskOf(call);
      if (task !== undefined) count(task, call);
      const thread = keyOf(call.session, call.subagent);
      if (call.subagent === null) habits.add(call, call.parentSession === null && !ends.has(thread));
      ends.set(thread, call);
    },
    tasks: (isAtWork = () => false) =>
      [...tasks.values()]
        .filter((t) => running.get(t.first.session) !== t || !isAtWork(t.first.session))
        .flatMap((t) => told(t, card) ?? []),
    last: (session, subagent) => ends.get(keyOf(session, subagent)) ?? null,
    usual: (agent, model) => habits.usual(agent, model),
    newest: (agent) => habits.newest(agent),
    preamble: (where) => habits.preamble(where),
  };
}

function openTask(first: PastCall, before: Pick<OpenTask, 'last' | 'usual' | 'shared'>): OpenTask {
  return { first, ...before, cost: 0, thinking: null, answers: [], told: undefined };
}

function count(task: OpenTask, call: PastCall): void {
  task.cost = task.cost === null || call.cost === null ? null : task.cost + call.cost;
  if (call.thinking !== null) task.thinking = (task.thinking ?? 0) + call.thinking;
  if (call.subagent === null && task.answers.length < answersOfTask) task.answers.push(call.tokens.output);
  task.told = undefined;
}

/** Null for a task with a call that has no price. */
function told(task: OpenTask, card: RateCard): PastTask | null {
  if (task.told !== undefined) return task.told;
  const { first, last, usual, shared, cost, thinking, answers } = task;
  task.told =
    cost === null ? null : recall({ effort: first.effort, first, last, usual, shared, cost, thinking, answers }, card);
  return task.told;
}
