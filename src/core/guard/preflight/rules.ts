import { formatTokens, formatUsd } from '../../format.ts';
import type { Outlook } from '../../forecast/outlook.ts';
import { takesThinkingCap } from '../../models.ts';
import type { HookEvent } from '../../preflight/event.ts';
import type { Settings } from '../../settings.ts';
import { capReason, isPassed } from '../caps.ts';
import type { CapState } from '../caps.ts';
import { mechanicalWords } from '../mechanical.ts';
import type { Found } from './found.ts';
import { sessionKey } from './memory.ts';
import type { SessionMemory } from './memory.ts';

type Rules = 'preflightRules' | 'askAbove' | 'askAboveTimesMedian' | 'coldCacheAbove' | 'thinkingAbove';
export type PreflightSettings = Pick<Settings, Rules | 'subagentsAbove' | 'dailyBudget' | 'dailyBudgetWarnAt'>;

/** What the rules judge; USD list value. */
export interface PreflightInput {
  readonly event: HookEvent;
  /** Null when the model has no price, and for events that are answered without an estimate. */
  readonly outlook: Outlook | null;
  readonly settings: PreflightSettings;
  readonly session: SessionMemory;
  /** `2026-11-21`, in the user's zone. */
  readonly day: string;
  readonly month: string;
  readonly spentToday: number;
  readonly caps: readonly CapState[];
  /** Marks that were said or agreed to, with what was spent then. */
  readonly marks: ReadonlyMap<string, number>;
}

/** What a rule found, before the settings say what it does. */
export type Spoken = Pick<Found, 'reason' | 'usd' | 'mark'>;

/** A task below this is never worth a question, however small the usual ones are. */
const floor = 0.25;
/** Fewer tasks do not make a habit to hold a task against; an estimate rests on as many of one kind where it can. */
const habit = 12;
/** Fewer tasks with a model have no tenth that is worth naming. */
const habitWithModel = 10;

/** Rule heavyTask: the task will likely cost more than a sum, or than a multiple of the user's median task. */
export function heavyTask({ outlook, settings }: PreflightInput): Spoken | null {
  if (outlook === null) return null;
  const { median } = outlook.task;
  const spoken = (reason: string): Spoken => ({ reason, usd: median, mark: null });
  const { askAbove, askAboveTimesMedian } = settings;
  if (askAbove > 0 && median > askAbove) return spoken(`Above your ${formatUsd(askAbove)} for a task.`);
  const usual = outlook.medianTask ?? 0;
  const known = askAboveTimesMedian > 0 && usual > 0 && outlook.basis.tasks >= habit;
  if (!known || median <= floor || median <= askAboveTimesMedian * usual) return null;
  return spoken(`${Math.floor(median / usual)} times your median task (${formatUsd(usual)}).`);
}

/** Rule coldCache: the context left the cache, and reading it anew costs more than a sum. */
export function coldCache({ outlook, settings }: PreflightInput): Spoken | null {
  if (outlook?.cache.state !== 'cold' || settings.coldCacheAbove <= 0) return null;
  const { extra } = outlook.cache;
  if (extra <= settings.coldCacheAbove) return null;
  const reason = `The cache is cold: reading ${formatTokens(outlook.context)} tokens of context anew costs ${formatUsd(extra)} more.`;
  return { reason, usd: extra, mark: null };
}

/** Rule subagents: the task starts more of them than may go unasked. */
export function subagents({ event, settings, session }: PreflightInput): Spoken | null {
  if (event.kind !== 'subagent' || settings.subagentsAbove <= 0) return null;
  if (session.subagents <= Math.max(settings.subagentsAbove, session.subagentsAgreed)) return null;
  const reason = `This is subagent ${session.subagents} of one task. Each one reads a context of its own.`;
  return { reason, usd: 0, mark: null };
}

/**
 * Rule nearBudget: with this task the day will likely come near its budget, or pass it. Each is said once a day: a
 * budget tells, a cap holds.
 */
export function nearBudget({ outlook, settings, day, spentToday, marks }: PreflightInput): Spoken | null {
  const { dailyBudget: budget, dailyBudgetWarnAt: share } = settings;
  const task = outlook?.task.median ?? 0;
  const after = spentToday + task;
  if (budget <= 0 || after < budget * share) return null;
  const level = after > budget ? 'over' : 'near';
  const key = `budget ${day} ${level}`;
  if (marks.has(key) || marks.has(`budget ${day} over`)) return null;
  const reason = `${formatUsd(spentToday)} of today's ${formatUsd(budget)} budget is spent; with this task it may be ${formatUsd(after)}.`;
  return { reason, usd: task, mark: { key, by: 'said', spent: spentToday } };
}

const lowestEfforts: ReadonlySet<string> = new Set(['none', 'off', 'minimal', 'low']);

/**
 * Rule thinking, once a session: nine in ten of the user's tasks like this think for more than a sum; or a mechanical
 * prompt goes out above the lowest effort; or a model that takes a cap on thinking has none. That today's models take
 * none is never a reason.
 */
export function thinking({ event, outlook, settings, marks }: PreflightInput): Spoken | null {
  const key = `thinking ${sessionKey(event)}`;
  if (outlook === null || marks.has(key)) return null;
  const { model, effort, thinkingP90: p90, basis } = outlook;
  const at = effort === null ? model : `${model} at effort ${effort}`;
  const spoken = (reason: string): Spoken => ({ reason, usd: p90 ?? 0, mark: { key, by: 'said', spent: 0 } });
  const known = basis.tasks >= habitWithModel && basis.like.startsWith('model');
  if (p90 !== null && known && settings.thinkingAbove > 0 && p90 > settings.thinkingAbove) {
    const from = basis.like === 'model' ? 'Going by other efforts, one' : 'One';
    return spoken(`${from} in ten of your tasks with ${at} thinks for more than ${formatUsd(p90)}.`);
  }
  const words = effort === null || lowestEfforts.has(effort) ? null : mechanicalWords(event.prompt ?? '');
  if (words !== null) return spoken(`Mechanical work ("${words}") goes to ${at}. The lowest effort would do.`);
  if (outlook.thinkingCapped !== false || !takesThinkingCap(model)) return null;
  return spoken(`Thinking has no cap, and ${model} takes one.`);
}

/** A soft cap that was agreed to speaks again when a quarter of it more is spent. */
const againAfter = 0.25;

/** What one cap says; a hard one always, a soft one until it is agreed to. */
export function capRule(state: CapState, { outlook, marks, event, day, month }: PreflightInput): Spoken | null {
  const ahead = { call: outlook?.call.median ?? 0, task: outlook?.task.median ?? 0 };
  if (!isPassed(state, ahead)) return null;
  const when = { session: sessionKey(event), day, month }[state.scope];
  const key = `cap ${state.scope} ${when} ${state.folder}`;
  const agreedAt = marks.get(key);
  if (!state.hard && agreedAt !== undefined && state.spent < agreedAt + againAfter * state.cap) return null;
  return { reason: capReason(state, ahead), usd: state.spent, mark: { key, by: 'agreed', spent: state.spent } };
}
