import type { DatabaseSync } from 'node:sqlite';
import type { Outlook } from '../../core/forecast/outlook.ts';
import { capsFor } from '../../core/guard/caps.ts';
import type { Found } from '../../core/guard/preflight/found.ts';
import { noMemory, openFor, remember, sessionOf } from '../../core/guard/preflight/memory.ts';
import type { PreflightMemory } from '../../core/guard/preflight/memory.ts';
import { actionOf, hardOnly, preflightFindings } from '../../core/guard/preflight/findings.ts';
import { dayKey } from '../../core/period.ts';
import type { HookEvent } from '../../core/preflight/event.ts';
import type { Choice } from '../../core/preflight/question.ts';
import type { Settings } from '../../core/settings.ts';
import { zoneOf } from '../../core/zone.ts';
import { createDecisions, isSessionAllowed } from '../ledger/decisions.ts';
import { messageOf } from '../messageOf.ts';
import { createCapSums } from './caps.ts';
import type { Judge, Judgement } from './judgement.ts';
import { createProjectOfSession } from './sessionPlace.ts';
import { readSnooze } from './snooze.ts';

/** A prompt whose cost is to be foretold. */
export interface ForetellAsk {
  readonly event: HookEvent;
  /** Absolute path of the project's root; null when it is not known. */
  readonly project: string | null;
  /** Estimated tokens of the event's text, or of its prompt where it has no text. */
  readonly promptTokens: number;
  readonly thinkingCapped: boolean | null;
  /** Ms since the epoch. */
  readonly at: number;
}

export interface JudgeOptions {
  /** A read-only connection. */
  readonly db: DatabaseSync;
  /** The write connection: decisions are kept. */
  readonly write: DatabaseSync;
  readonly settings: () => Settings;
  readonly timeZone: string;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** Root of the project that a folder belongs to. */
  readonly projectOf: (cwd: string) => string;
  /** Null when the model is not known or has no price. */
  readonly foretell: (ask: ForetellAsk) => Outlook | null | Promise<Outlook | null>;
  /** The model that the event's call will go to; null when nothing tells it. */
  readonly modelOf: (event: HookEvent, at: number) => string | null;
  readonly count: (text: string, model: string | null) => Promise<{ readonly tokens: number }>;
  /** Whether the agent's settings cap its thinking there; null when it is not known. */
  readonly thinkingCapped: (agent: string, cwd: string | null, model: string | null) => boolean | null;
  readonly log: (level: 'warn', message: string) => void;
}

/** A judgement with what only the engine needs. */
interface Judged extends Judgement {
  readonly findings: readonly Found[];
}

/** Judges events before money is spent: of a prompt everything, of a subagent fan-out and caps, of the rest caps alone. */
export function createJudge(options: JudgeOptions): Judge {
  const { settings, now } = options;
  const sums = createCapSums(options);
  const projectOfSession = createProjectOfSession(options.db);
  const keep = createKeeping(options);
  const zone = zoneOf(options.timeZone);
  const judgements = new WeakMap<HookEvent, Judged>();
  let memory = noMemory;

  const judge = async (event: HookEvent): Promise<Judged> => {
    const at = now();
    const project = event.cwd === null ? projectOfSession(event) : options.projectOf(event.cwd);
    memory = remember(memory, { kind: 'event', event });
    const outlook = event.kind === 'prompt' ? await foretold(options, event, project, at) : null;
    const today = dayKey(at, zone);
    const found = preflightFindings({
      event,
      outlook,
      settings: settings(),
      session: sessionOf(memory, event),
      day: today,
      month: today.slice(0, 7),
      spentToday: settings().dailyBudget > 0 ? sums.today(at) : 0,
      caps: sums.states(capsFor(settings().caps, project), event, at),
      marks: memory.marks,
    });
    const findings = isPeace(options, memory, event, at) ? hardOnly(found) : withOpen(found, memory, event);
    memory = remember(memory, { kind: 'said', event, found: findings });
    return { action: actionOf(findings), findings, outlook, project };
  };
  return {
    judge: async (event) => {
      const judged = await judge(event);
      judgements.set(event, judged);
      if (judged.action === 'deny') keep(event, judged, null);
      return judged;
    },
    choose: (event, choice) => {
      const judged = judgements.get(event);
      if (judged === undefined) return;
      memory = remember(memory, { kind: 'chosen', event, found: judged.findings, choice });
      keep(event, judged, choice);
    },
    leave: (event) => {
      const judged = judgements.get(event);
      if (judged === undefined) return;
      memory = remember(memory, { kind: 'left', event, found: judged.findings });
      keep(event, judged, null);
    },
  };
}

async function foretold(
  { count, foretell, modelOf, thinkingCapped }: JudgeOptions,
  event: HookEvent,
  project: string | null,
  at: number,
): Promise<Outlook | null> {
  const model = modelOf(event, at);
  const { tokens } = await count(event.text ?? event.prompt ?? '', model);
  const capped = thinkingCapped(event.agent, event.cwd, model);
  return foretell({ event, project, promptTokens: tokens, thinkingCapped: capped, at });
}

/** Whether the user has asked not to be asked: for a while, or in this session. */
function isPeace({ db }: JudgeOptions, memory: PreflightMemory, event: HookEvent, at: number): boolean {
  return sessionOf(memory, event).allowed || readSnooze(db) > at || isSessionAllowed(db, event);
}

/** With what was found of the same prompt before, so that sending it again is an answer to all of it. */
function withOpen(found: readonly Found[], memory: PreflightMemory, event: HookEvent): readonly Found[] {
  const before = openFor(memory, event).filter(
    ({ rule, mark }) => mark?.by === 'said' && !found.some((f) => f.rule === rule),
  );
  return [...found, ...before];
}

/** Keeps what asked or refused, and what came of it; `choice` is null of a refusal, and where the agent asks itself. */
function createKeeping({
  write,
  now,
  log,
}: JudgeOptions): (e: HookEvent, judged: Judged, choice: Choice | null) => void {
  const add = createDecisions(write);
  const told = new Set<string>();
  return ({ agent, session, kind }, judged, choice) => {
    const { findings, outlook, project } = judged;
    const action = judged.action === 'deny' ? 'deny' : 'ask';
    const estimate = outlook?.task.median ?? null;
    const rules = findings.filter((f) => f.action === action).map(({ rule }) => rule);
    try {
      add(rules.map((rule) => ({ at: now(), agent, session, project, kind, rule, action, choice, estimate })));
    } catch (error) {
      const message = `a decision was not kept: ${messageOf(error)}`;
      if (!told.has(message)) log('warn', message);
      told.add(message);
    }
  };
}
