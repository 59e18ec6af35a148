import type { DatabaseSync } from 'node:sqlite';
import { foretell } from '../../core/forecast/foretell.ts';
import type { TaskAsk } from '../../core/forecast/foretell.ts';
import type { Memory } from '../../core/forecast/memory.ts';
import { nextCall } from '../../core/forecast/nextCall.ts';
import type { CallAsk, NextCall } from '../../core/forecast/nextCall.ts';
import { alike } from '../../core/forecast/alike.ts';
import type { Outlook } from '../../core/forecast/outlook.ts';
import type { HookEvent } from '../../core/preflight/event.ts';
import type { LiveSession } from '../query/sessions.ts';
import { readLiveSessions, readThreadEnd } from '../query/sessions.ts';
import { createHistory } from './history.ts';
import type { HistoryOptions } from './history.ts';
import type { ForetellAsk } from './judge.ts';

export interface ForetellerOptions extends HistoryOptions {
  /** The effort that an agent's settings choose in a folder, for sessions that have not told theirs. */
  readonly effortOf?: (agent: string, cwd: string | null, model: string) => string | null;
  /** The model that an agent's settings choose in a folder, for new sessions. */
  readonly modelOf?: (agent: string, cwd: string | null) => string | null;
}

/** Tells costs before they are spent. */
export interface Foreteller {
  /** Of a prompt and its task; null when its model is not known or has no price. */
  foretell(ask: ForetellAsk): Outlook | null;
  /** The model that the event's call will go to: as told, the session's, the settings', the agent's newest; null for none. */
  modelOf(event: HookEvent, at: number): string | null;
  /** Of a request that has left; null when it has no price. */
  inFlight(request: LiveSession): NextCall | null;
  /** Reads the history, so that the first prompt does not wait for it. */
  warm(): void;
}

/** Other machines' clocks run a little ahead. */
const skew = 60_000;
/** Of sessions without a sign for longer than this the last task is as done as it will be. */
const atWorkFor = 30 * 60_000;
const sessionsAtMost = 50;

export function createForeteller(options: ForetellerOptions): Foreteller {
  const { db, card, effortOf = () => null, modelOf = () => null } = options;
  const history = createHistory(options);
  const sessionOf = createSessionEnds(db);
  const newestModel = createNewestModel(db);
  const toldModel = ({ agent, cwd, model }: HookEvent, session: SessionEnd | null): string | null =>
    model ?? session?.model ?? modelOf(agent, cwd) ?? newestModel(agent);
  return {
    warm: () => void history(),
    modelOf: (event, at) => toldModel(event, sessionOf(event.agent, event.session, at)),
    foretell: (ask) => {
      const { event, at } = ask;
      const memory = history();
      const session = sessionOf(event.agent, event.session, at);
      const told = toldModel(event, session);
      const model = told ?? memory.newest(null)?.model ?? null;
      if (model === null) return null;
      const taskAsk: TaskAsk = {
        ...callAsk(memory, { agent: event.agent, model, at, project: ask.project ?? session?.project ?? null }),
        isModelGuessed: told === null,
        effort: event.effort ?? session?.effort ?? effortOf(event.agent, event.cwd, model),
        promptTokens: ask.promptTokens,
        last: session?.last ?? null,
        maxOutput: event.maxOutput,
        thinkingCapped: ask.thinkingCapped,
      };
      return foretell(taskAsk, doneTasks(db, memory, at), card());
    },
    inFlight: (request) => {
      const { id, subagent, at, agent, project, effort, maxOutput } = request;
      const memory = history();
      const end = readThreadEnd(db, id, subagent, at);
      const model = request.model ?? end?.call.model ?? null;
      if (model === null) return null;
      const ask = { ...callAsk(memory, { agent, model, at, project }), last: end?.call ?? null, maxOutput };
      const { tasks } = alike(doneTasks(db, memory, at), model, effort);
      return nextCall(
        ask,
        tasks.flatMap((t) => t.answers),
        card(),
      );
    },
  };
}

/** The model of an agent's newest call; read when it is asked for, since the history may be half a minute old. */
function createNewestModel(db: DatabaseSync): (agent: string) => string | null {
  const find = db.prepare(`
    SELECT m.name FROM call c JOIN charge ch ON ch.call = c.id AND ch.part = 0 JOIN model m ON m.id = ch.model
    WHERE c.agent = ? ORDER BY c.at DESC LIMIT 1`);
  return (agent) => {
    const name = find.get(agent)?.['name'];
    return typeof name === 'string' ? name : null;
  };
}

type Where = Parameters<Memory['preamble']>[0];

/** What is known of a request before anything is known of its session. */
function callAsk(memory: Memory, where: Where): CallAsk {
  const { agent, model, at } = where;
  const usual = memory.usual(agent, model);
  return {
    at,
    model,
    promptTokens: 0,
    last: null,
    usual,
    provider: usual?.provider ?? '',
    preamble: memory.preamble(where),
    maxOutput: null,
  };
}

/** The user's tasks less those that are still going on: half a task would pass for a short one. */
function doneTasks(db: DatabaseSync, memory: Memory, at: number): ReturnType<Memory['tasks']> {
  const atWork = readLiveSessions(db, at - atWorkFor, at + skew, sessionsAtMost).filter((s) => s.kind !== 'turnEnd');
  const sessions = new Set(atWork.map((s) => s.session));
  return memory.tasks((session) => sessions.has(session));
}

interface SessionEnd extends Pick<TaskAsk, 'last' | 'effort'> {
  readonly model: string | null;
  readonly project: string | null;
}

/** What a session's main thread last said of itself; null when the ledger does not know it. */
function createSessionEnds(db: DatabaseSync): (agent: string, session: string, at: number) => SessionEnd | null {
  const find = db.prepare(`
    SELECT s.id, p.path, a.subagent, a.model, a.effort FROM session s LEFT JOIN activity a ON a.session = s.id
    LEFT JOIN project p ON p.id = s.project WHERE s.agent = ? AND s.key = ?`);
  return (agent, session, at) => {
    const found = find.get(agent, session);
    if (found === undefined) return null;
    const end = readThreadEnd(db, Number(found['id']), null, at + skew);
    // A subagent may run on a model and effort of its own.
    const isMain = found['subagent'] === null;
    const said = (value: unknown): string | null => (isMain && typeof value === 'string' ? value : null);
    return {
      last: end?.call ?? null,
      model: said(found['model']) ?? end?.call.model ?? null,
      effort: said(found['effort']) ?? end?.effort ?? null,
      project: typeof found['path'] === 'string' ? found['path'] : null,
    };
  };
}
