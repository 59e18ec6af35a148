import type { Fact } from '../usage.ts';
import { modelAt } from './codexCall.ts';
import { ownerOf, withMeta, withTrigger, withTurn } from './codexLineage.ts';
import {
  metaShape,
  searchShape,
  settingsShape,
  triggerShape,
  turnContextShape,
  turnEventShape,
} from './codexRecords.ts';
import { sessionOf } from './codexState.ts';
import type { CodexState, Step } from './codexState.ts';
import { problem, signal } from './json.ts';
import type { FileFacts } from './source.ts';

// Lines that say whose and what turn the next calls belong to.

export function sessionMeta(state: CodexState, payload: unknown, at: number | null): Step {
  const meta = metaShape.safeParse(payload).data;
  if (meta === undefined) return [state, [problem('a session header that cannot be read')]];
  const isOwn = state.lineage.thread === null || state.lineage.thread === (meta.id ?? meta.session_id);
  const lineage = withMeta(state.lineage, meta, at);
  if (!isOwn) return [{ ...state, lineage }, []];
  return [{ ...state, lineage, cwd: meta.cwd ?? state.cwd, branch: meta.git?.branch ?? state.branch }, []];
}

/** A turn's settings; old clients write it before every request, new ones once a turn and after a compaction. */
export function turnContext(state: CodexState, payload: unknown, at: number | null, file: FileFacts): Step {
  const context = turnContextShape.safeParse(payload).data;
  if (context === undefined) return [state, [problem('turn settings that cannot be read')]];
  const isNew = context.turn_id !== null && context.turn_id !== state.turn;
  const next: CodexState = {
    ...state,
    lineage: isNew || context.turn_id === null ? withTurn(state.lineage, context.turn_id, null) : state.lineage,
    model: context.model ?? state.model,
    effort: context.effort ?? context.collaboration_mode?.settings?.reasoning_effort ?? null,
    turn: context.turn_id ?? state.turn,
    lastCounted: isNew ? null : state.lastCounted,
    cwd: context.cwd ?? state.cwd,
  };
  if (at === null || ownerOf(next.lineage, at) !== 'own') return [next, []];
  const session = sessionOf(next, file);
  const request = signal({
    kind: 'request',
    session,
    subagent: next.lineage.isSubagent ? session : null,
    at,
    model: modelAt(next.model, at),
    effort: next.effort,
    maxOutput: null,
    cwd: next.cwd,
  });
  const start = signal({ kind: 'turnStart', session, turn: next.turn, at });
  return [next, isNew ? [start, request] : [request]];
}

export function turnStarted(state: CodexState, payload: unknown, at: number | null, file: FileFacts): Step {
  const event = turnEventShape.safeParse(payload).data;
  if (event === undefined) return [state, []];
  const next: CodexState = {
    ...state,
    lineage: withTurn(state.lineage, event.turn_id, event.started_at ?? null),
    turn: event.turn_id ?? state.turn,
    lastCounted: null,
    window: event.model_context_window ?? state.window,
  };
  return [next, turnSignal('turnStart', next, at, file)];
}

/** Clients before `task_started` begin a turn with the user's message. */
export function userMessage(state: CodexState, _payload: unknown, at: number | null, file: FileFacts): Step {
  return [state, state.turn === null ? turnSignal('turnStart', state, at, file) : []];
}

export function turnEnded(state: CodexState, _payload: unknown, at: number | null, file: FileFacts): Step {
  return [state, turnSignal('turnEnd', state, at, file)];
}

export function compacted(state: CodexState, _payload: unknown, at: number | null, file: FileFacts): Step {
  if (at === null || state.lineage.isSubagent || ownerOf(state.lineage, at) !== 'own') return [state, []];
  return [state, [signal({ kind: 'compacted', session: sessionOf(state, file), at })]];
}

function turnSignal(
  kind: 'turnStart' | 'turnEnd',
  state: CodexState,
  at: number | null,
  file: FileFacts,
): readonly Fact[] {
  if (at === null || ownerOf(state.lineage, at) !== 'own') return [];
  return [signal({ kind, session: sessionOf(state, file), turn: state.turn, at })];
}

export function trigger(state: CodexState, payload: unknown, at: number | null): Step {
  const isTrigger = triggerShape.safeParse(payload).data?.trigger_turn === true;
  return [isTrigger && at !== null ? { ...state, lineage: withTrigger(state.lineage, at) } : state, []];
}

export function settings(state: CodexState, payload: unknown): Step {
  const applied = settingsShape.safeParse(payload).data?.thread_settings;
  if (applied === undefined) return [state, []];
  const name = applied.service_tier;
  const tier = name === 'priority' || name === 'fast' ? 'priority' : name === 'flex' ? 'flex' : 'standard';
  return [{ ...state, tier }, []];
}

/** Searches are billed, opening or searching a found page is not. */
export function webSearch(state: CodexState, payload: unknown, at: number | null): Step {
  return [isSearch(state, payload, at) ? { ...state, searches: state.searches + 1 } : state, []];
}

/** The event of a search; a file has its items, its events or both. */
export function webSearchEvent(state: CodexState, payload: unknown, at: number | null): Step {
  return [isSearch(state, payload, at) ? { ...state, searchEvents: state.searchEvents + 1 } : state, []];
}

function isSearch({ lineage }: CodexState, payload: unknown, at: number | null): boolean {
  const action = searchShape.safeParse(payload).data?.action?.type ?? 'search';
  return action === 'search' && (at === null || ownerOf(lineage, at) !== 'copied');
}
