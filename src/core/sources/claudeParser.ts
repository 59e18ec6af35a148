import * as z from 'zod';
import type { Fact, ServiceTier, UsageEvent } from '../usage.ts';
import { identify, providerOf } from './claudeIdentity.ts';
import { assistantShape, headShape, typeShape, userShape } from './claudeRecords.ts';
import type { Assistant, User } from './claudeRecords.ts';
import { claims, request } from './claudeSignals.ts';
import { billedParts } from './claudeUsage.ts';
import { faultyField, instant, parseJson, problem, signal, usage } from './json.ts';
import { baseName } from './paths.ts';
import type { FileFacts, Parser, ParserState } from './source.ts';

/** What later lines need of earlier ones. */
export const claudeState = z.object({
  /** The prompt being worked for. */
  turn: z.string().nullable(),
  cwd: z.string().nullable(),
  /** The newest instant seen, for lines that have none. */
  at: z.number().nullable(),
  /** The session this one was branched from. */
  parent: z.string().nullable(),
  /** The last answer's latest block and its first block's instant, for gateways without usable ids. */
  answer: z.object({ message: z.string(), uuid: z.string(), at: z.number() }).nullable(),
});
export type ClaudeState = z.infer<typeof claudeState>;

type Step = readonly [ClaudeState, readonly Fact[]];

const initial: ClaudeState = { turn: null, cwd: null, at: null, parent: null, answer: null };

/** Reads one transcript. A saved state of another version that does not fit is dropped: it only labels later calls. */
export function claudeParser(file: FileFacts, saved: ParserState | null): Parser {
  let state = claudeState.safeParse(saved).data ?? initial;
  return {
    read(line) {
      if (!mayMatter(line)) return [];
      const [next, facts] = step(state, line, file);
      state = next;
      return facts;
    },
    get state() {
      return state;
    },
  };
}

/** Tool results, attachments and request bodies are most of a transcript's bytes and say nothing here. */
function mayMatter(line: string): boolean {
  return (
    /"(usage|api-request|cost-state)"/.test(line) || !/"(tool_result|attachment|api-request-blob|progress)"/.test(line)
  );
}

function step(state: ClaudeState, line: string, file: FileFacts): Step {
  const value = parseJson(line);
  if (value === undefined) return [state, [problem('a line that is not JSON')]];
  const type = typeShape.safeParse(value).data?.type;
  // Hand-made and converted transcripts may leave the type out; an answer is known by its usage.
  if (type === 'assistant' || type === null) return assistant(state, value, file);
  if (type === 'user') return user(state, value, file);
  if (type === 'api-request') return [state, request(value, sessionOf(null, file), state.cwd)];
  if (type === 'cost-state') return [state, claims(value, sessionOf(null, file), state.at)];
  return [state, []];
}

function assistant(state: ClaudeState, value: unknown, file: FileFacts): Step {
  const head = headShape.safeParse(value).data?.message;
  // `<synthetic>` lines are the client's own notes (errors, limits): nothing was billed.
  if (!head?.usage || head.model === '<synthetic>') return [state, []];
  const parsed = assistantShape.safeParse(value);
  if (!parsed.success) return [state, [problem(`a call with an unusable ${faultyField(parsed.error)}`)]];
  const line = parsed.data;
  const at = instant(line.timestamp);
  if (at === null) return [state, [problem('a call without a time')]];
  const start = sameAnswer(state, line) ?? at;
  const next = follow(state, line, at);
  const answer =
    line.message.id !== null && line.uuid !== null ? { message: line.message.id, uuid: line.uuid, at: start } : null;
  return [{ ...next, answer }, [...billed(next, line, start, at, file), ...turnEnd(next, line, at, file)]];
}

/** The first block's instant, when this line is a later block of the same answer: its parent is that answer's last line. */
function sameAnswer({ answer }: ClaudeState, line: Assistant): number | null {
  if (answer === null || line.message.id !== answer.message || line.parentUuid !== answer.uuid) return null;
  return answer.at;
}

function billed(state: ClaudeState, line: Assistant, start: number, at: number, file: FileFacts): readonly Fact[] {
  const counts = line.message.usage;
  const model = line.message.model ?? 'unknown';
  const session = line.forkedFrom?.sessionId ?? sessionOf(line.sessionId, file);
  const { parts, doubt } = billedParts(model, counts);
  const event: UsageEvent = {
    ...identify(line, session, start),
    rank: parts.reduce((all, part) => all + part.tokens.output, 0),
    agent: 'claude',
    at,
    provider: providerOf(model),
    parts,
    speed: counts.speed === 'fast' ? 'fast' : 'standard',
    tier: tierOf(counts.service_tier),
    region: regionOf(counts.inference_geo),
    webSearches: counts.server_tool_use?.web_search_requests ?? 0,
    effort: line.effort,
    session,
    parentSession: state.parent === session ? null : state.parent,
    subagent: line.agentId ?? subagentOf(file),
    turn: state.turn,
    cwd: line.cwd ?? state.cwd,
    branch: line.gitBranch,
    contextWindow: null,
    quality: isPartial(line) ? 'partial' : doubt === null ? 'exact' : 'unverified',
  };
  return doubt === null ? [usage(event)] : [usage(event), problem(doubt)];
}

function tierOf(tier: string | null): ServiceTier {
  return tier === 'batch' || tier === 'flex' || tier === 'priority' ? tier : 'standard';
}

function regionOf(geo: string | null): string | null {
  return geo === null || geo === 'not_available' || geo === 'global' ? null : geo;
}

/**
 * Aborted answers keep the output count of their first event. Clients before 2.1.98, and some subagents' files later,
 * never wrote the final count: an open line (no stop reason) with 1 to 8 tokens is such a placeholder.
 */
function isPartial({ isAbortedMidStream, message }: Assistant): boolean {
  return isAbortedMidStream || (message.stop_reason === null && message.usage.output_tokens <= 8);
}

function turnEnd(state: ClaudeState, line: Assistant, at: number, file: FileFacts): readonly Fact[] {
  if (line.isSidechain || line.message.stop_reason !== 'end_turn') return [];
  return [signal({ kind: 'turnEnd', session: sessionOf(line.sessionId, file), turn: state.turn, at })];
}

function user(state: ClaudeState, value: unknown, file: FileFacts): Step {
  const line = userShape.safeParse(value).data;
  const at = instant(line?.timestamp ?? null);
  if (line === undefined || at === null) return [state, []];
  const text = line.isMeta || line.isCompactSummary ? null : promptText(line);
  const uuid = line.forkedFrom?.messageUuid ?? line.uuid;
  const named = line.promptId ?? (text !== null && !line.isSidechain ? uuid : null);
  const next = { ...follow(state, line, at), turn: named ?? state.turn };
  const session = sessionOf(line.sessionId, file);
  if (line.isCompactSummary && !line.isSidechain && subagentOf(file) === null) {
    return [next, [signal({ kind: 'compacted', session, at })]];
  }
  if (text === null || line.isSidechain) return [next, []];
  // An interruption and a local command's output are written as prompts, but end the turn: no call follows.
  if (/^\[Request interrupted by user|^<local-command-stdout>/.test(text)) {
    return [{ ...next, turn: state.turn ?? next.turn }, [signal({ kind: 'turnEnd', session, turn: state.turn, at })]];
  }
  return [next, [signal({ kind: 'turnStart', session, turn: named, at })]];
}

/** The beginning of what the user typed, null for tool results. Used to tell kinds of lines apart, never kept. */
function promptText({ message: { content } }: User): string | null {
  if (typeof content === 'string') return content;
  if (content.some((block) => block.type === 'tool_result')) return null;
  return content.find((block) => block.type === 'text')?.text ?? null;
}

function follow(state: ClaudeState, line: Assistant | User, at: number): ClaudeState {
  return {
    ...state,
    cwd: line.cwd ?? state.cwd,
    at: Math.max(at, state.at ?? at),
    parent: line.forkedFrom?.sessionId ?? state.parent,
  };
}

/** Transcripts are named after their session; a subagent's file lies in a folder named so. */
function sessionOf(recorded: string | null, { path }: FileFacts): string {
  if (recorded !== null) return recorded;
  return /([^/]+)\/subagents\//.exec(path)?.[1] ?? baseName(path).replace(/\.jsonl$/, '');
}

function subagentOf({ path }: FileFacts): string | null {
  return /^agent-(.+)\.jsonl$/.exec(baseName(path))?.[1] ?? null;
}
