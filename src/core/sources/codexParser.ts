import { withOrdinal } from './codexLineage.ts';
import { eventShape, lineShape } from './codexRecords.ts';
import { codexState, initial } from './codexState.ts';
import type { CodexState, Reader, Step } from './codexState.ts';
import {
  compacted,
  sessionMeta,
  settings,
  trigger,
  turnContext,
  turnEnded,
  turnStarted,
  userMessage,
  webSearch,
  webSearchEvent,
} from './codexTurns.ts';
import { tokenCount, usageRecord } from './codexUsage.ts';
import { instant, parseJson, problem } from './json.ts';
import type { FileFacts, Parser, ParserState } from './source.ts';

/** Reads one rollout. A saved state of another version that does not fit is dropped, with what it knew of the file's head. */
export function codexParser(file: FileFacts, saved: ParserState | null): Parser {
  let state = codexState.safeParse(saved).data ?? initial;
  return {
    read(line) {
      const [next, facts] = step(state, line, file);
      state = next;
      return facts;
    },
    get state() {
      return state;
    },
  };
}

function step(state: CodexState, text: string, file: FileFacts): Step {
  const value = parseJson(text);
  if (value === undefined) return [state, [problem('a line that is not JSON')]];
  const line = lineShape.safeParse(value).data;
  if (line === undefined) return [state, []];
  const read = readers.get(line.type ?? '') ?? readers.get(eventShape.safeParse(line.payload).data?.type ?? '');
  if (read === undefined) return [state, []];
  const lineage = withOrdinal(state.lineage, line.ordinal ?? null);
  return read({ ...state, lineage }, line.payload, instant(line.timestamp), file);
}

/** By the line's type, else by its payload's. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['session_meta', sessionMeta],
  ['turn_context', turnContext],
  ['token_usage_record', usageRecord],
  ['inter_agent_communication', trigger],
  ['inter_agent_communication_metadata', trigger],
  ['task_started', turnStarted],
  ['turn_started', turnStarted],
  ['user_message', userMessage],
  ['compacted', compacted],
  ['task_complete', turnEnded],
  ['turn_complete', turnEnded],
  ['turn_aborted', turnEnded],
  ['token_count', tokenCount],
  ['thread_settings_applied', settings],
  ['web_search_call', webSearch],
  ['web_search_end', webSearchEvent],
]);
