import type { RecordFile } from './records.ts';

/** One call as both agents record it. */
export interface RecordedAnswer {
  readonly model: string;
  readonly text: string;
  /** A tool's one argument each. */
  readonly tools: readonly string[];
  readonly output: number;
  /** Null is left out, as older clients do. */
  readonly thinking: number | null;
}

const start = Date.UTC(2026, 10, 20);
const time = (n: number): string => new Date(start + n * 1000).toISOString();

/** A prompt, then one line for each block of the answer. */
export function claudeAnswerLines(call: RecordedAnswer, n: number, session = 'calls'): readonly string[] {
  const id = `msg_${session}${n}`;
  const common = { sessionId: session, cwd: '/home/dev/shop', isSidechain: false, timestamp: time(n) };
  const { thinking } = call;
  const usage = {
    input_tokens: 5,
    cache_read_input_tokens: 20_000,
    output_tokens: call.output,
    ...(thinking === null ? {} : { output_tokens_details: { thinking_tokens: thinking } }),
  };
  const blocks = [
    ...(thinking ? [{ type: 'thinking', thinking: '', signature: 'x' }] : []),
    ...(call.text === '' ? [] : [{ type: 'text', text: call.text }]),
    ...call.tools.map((content, i) => ({ type: 'tool_use', id: `toolu_${n}_${i}`, name: 'Write', input: { content } })),
  ];
  const stop = call.tools.length > 0 ? 'tool_use' : 'end_turn';
  const answer = blocks.map((block, apiBlockIndex) => ({
    type: 'assistant',
    ...common,
    uuid: `${id}-${apiBlockIndex}`,
    requestId: `req_${session}${n}`,
    apiBlockIndex,
    message: { id, role: 'assistant', model: call.model, content: [block], stop_reason: stop, usage },
  }));
  return [{ type: 'user', ...common, message: { role: 'user', content: 'go on' } }, ...answer].map((line) =>
    JSON.stringify(line),
  );
}

/** The items of a response, its count, the tools' results. */
export function codexAnswerLines(call: RecordedAnswer, n: number): readonly string[] {
  const line = (type: string, payload: object): string => JSON.stringify({ timestamp: time(n), type, payload });
  const item = (payload: object): string => line('response_item', payload);
  const thinking = call.thinking ?? 0;
  const usage = {
    input_tokens: 20_000,
    cached_input_tokens: 19_000,
    output_tokens: call.output,
    reasoning_output_tokens: thinking,
  };
  const said = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: call.text }] };
  return [
    ...(thinking > 0 ? [item({ type: 'reasoning', summary: [], encrypted_content: 'x' })] : []),
    ...(call.text === '' ? [] : [item(said)]),
    ...call.tools.map((input, i) => item({ type: 'custom_tool_call', call_id: `c${n}_${i}`, name: 'exec', input })),
    line('token_usage_record', { thread_id: 'thread', turn_id: 't1', response_id: `resp_${n}`, usage }),
    ...call.tools.map((_, i) => item({ type: 'custom_tool_call_output', call_id: `c${n}_${i}`, output: 'done' })),
  ];
}

/** A home of one session of each agent. */
export function answerRecords(claude: readonly RecordedAnswer[], codex: readonly RecordedAnswer[]): RecordFile[] {
  const meta = { id: 'thread', cwd: '/home/dev/shop', source: 'cli' };
  const head = JSON.stringify({ timestamp: time(0), type: 'session_meta', payload: meta });
  const turn = (model: string, n: number): string =>
    JSON.stringify({ timestamp: time(n), type: 'turn_context', payload: { turn_id: 't1', cwd: meta.cwd, model } });
  const codexLines = codex.flatMap((call, n) => [turn(call.model, n), ...codexAnswerLines(call, n)]);
  const end = (line: string): string => `${line}\n`;
  return [
    {
      path: '.claude/projects/-home-dev-shop/calls.jsonl',
      lines: claude.flatMap((call, n) => claudeAnswerLines(call, n)).map(end),
    },
    {
      path: '.codex/sessions/2026/11/20/rollout-2026-11-20T00-00-00-thread.jsonl',
      lines: [head, ...codexLines].map(end),
    },
  ];
}
