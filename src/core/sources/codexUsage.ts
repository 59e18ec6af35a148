import type { Fact } from '../usage.ts';
import { codexCall } from './codexCall.ts';
import { equal, isZero, readCounter, vector } from './codexCounter.ts';
import type { Reading, Vector } from './codexCounter.ts';
import { ownerOf } from './codexLineage.ts';
import { rateLimitsShape, tokenCountShape, usageRecordShape } from './codexRecords.ts';
import { sessionOf } from './codexState.ts';
import type { CodexState, Step } from './codexState.ts';
import { faultyField, problem, signal } from './json.ts';
import type { FileFacts } from './source.ts';

// Lines that count tokens: `token_usage_record` of newer clients, else `token_count`.

export function usageRecord(state: CodexState, payload: unknown, at: number | null, file: FileFacts): Step {
  const parsed = usageRecordShape.safeParse(payload);
  if (!parsed.success) return [state, [problem(`a call with an unusable ${faultyField(parsed.error)}`)]];
  const { thread_id: thread, response_id: response, turn_id: turn, usage, thread_token_usage: total } = parsed.data;
  const used = vector(usage);
  const before: CodexState = { ...state, hasRecords: true, turn: turn ?? state.turn };
  if (isZero(used) || isCounted(state, used, total ? vector(total) : null)) return [before, []];
  const next: CodexState = { ...before, searches: 0, searchEvents: 0 };
  if (at === null) return [next, [problem('a call without a time')]];
  const session = thread ?? sessionOf(state, file);
  const isCopy = thread === null ? ownerOf(state.lineage, at) !== 'own' : thread !== sessionOf(state, file);
  const content = total ? `${vector(total).join('.')}~${used.join('.')}` : null;
  const id = `codex:${response ?? `${session}:${content ?? at}`}`;
  // A subagent's copy of its parent's lines leaves the records out and keeps the counts: their totals are the same.
  const group = content === null ? id : `codex:${state.lineage.root ?? session}:${content}`;
  const identity = { id, group, replay: isCopy };
  return [next, codexCall(before, identity, session, used, at)];
}

/** Whether the file's first record is of the call that the `token_count` before it has already told of. */
function isCounted({ hasRecords, lastCounted, counter }: CodexState, used: Vector, total: Vector | null): boolean {
  if (hasRecords || lastCounted === null || !equal(used, lastCounted)) return false;
  return total === null || counter.total === null || equal(total, counter.total);
}

export function tokenCount(state: CodexState, payload: unknown, at: number | null, file: FileFacts): Step {
  const [planned, plans] = planOf(state, payload, at, file);
  if (state.hasRecords) return [planned, plans];
  const parsed = tokenCountShape.safeParse(payload);
  if (!parsed.success) return [planned, [...plans, problem(`a call with an unusable ${faultyField(parsed.error)}`)]];
  const info = parsed.data.info;
  if (!info) return [planned, plans];
  const [total, last] = [info.total_token_usage, info.last_token_usage].map((u) => (u ? vector(u) : null));
  const reading = readCounter(state.counter, state.lineage.parent !== null, total ?? null, last ?? null);
  const next: CodexState = { ...planned, counter: reading.counter, window: info.model_context_window ?? state.window };
  if (reading.call === null) return [next, plans];
  if (at === null) return [next, [...plans, problem('a call without a time')]];
  const after: CodexState = { ...next, lastCounted: reading.call, searches: 0, searchEvents: 0 };
  return [after, [...plans, ...counted(next, reading, reading.call, at, file)]];
}

/** A `token_count` names no response, so its content does; a possible copy answers to its lineage's name for it. */
function counted(state: CodexState, reading: Reading, call: Vector, at: number, file: FileFacts): readonly Fact[] {
  const owner = ownerOf(state.lineage, at);
  if (owner === 'copied') return [];
  const session = sessionOf(state, file);
  const identity = {
    id: `codex:${session}:${reading.key}`,
    group: `codex:${state.lineage.root ?? session}:${reading.key}`,
    replay: state.lineage.parent !== null && (owner === 'unknown' || reading.midway),
  };
  return codexCall(state, identity, session, call, at);
}

function planOf(state: CodexState, payload: unknown, at: number | null, file: FileFacts): Step {
  const plan = rateLimitsShape.safeParse(payload).data?.rate_limits.plan_type ?? null;
  if (plan === null || at === null || plan === state.plan) return [state, []];
  const isOwn = ownerOf(state.lineage, at) === 'own';
  const told = signal({ kind: 'plan', session: sessionOf(state, file), at, plan });
  return [{ ...state, plan }, isOwn ? [told] : []];
}
