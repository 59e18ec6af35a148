import type { RecordFile } from './records.ts';

/** Stands wherever a record holds what a person or a model said, and what a tool was told or answered. */
export const said = 'quagmire-velvet';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 21, 9, 0, second)).toISOString();
const lines = (values: readonly (object | string)[]): string[] =>
  values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`);

/** Records of both agents in which every text is `said`: good lines, unreadable ones, and one still being written. */
export const tellingRecords: readonly RecordFile[] = [
  { path: '.claude/projects/-home-kim-shop/5e5510.jsonl', lines: [...claudeLines(), `{"type":"user","text":"${said}`] },
  {
    path: '.codex/sessions/2026/11/21/rollout-2026-11-21T09-00-00-0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee.jsonl',
    lines: [...codexLines(), `{"type":"event_msg","payload":{"type":"user_message","message":"${said}`],
  },
];

function claudeLines(): string[] {
  const line = { sessionId: '5e5510', cwd: '/home/kim/shop', gitBranch: 'main', isSidechain: false };
  const user = (content: unknown, more: object = {}) => ({
    type: 'user',
    ...line,
    timestamp: at(1),
    ...more,
    message: { role: 'user', content },
  });
  const usage = { input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const content = [
    { type: 'thinking', thinking: said, signature: said },
    { type: 'text', text: said },
    { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: said, description: said } },
  ];
  const answer = (n: number, message: object = {}, more: object = {}) => ({
    type: 'assistant',
    ...line,
    requestId: `req_${n}`,
    uuid: `u${n}`,
    timestamp: at(n),
    ...more,
    message: { id: `msg_${n}`, model: 'claude-opus-5-5', stop_reason: 'end_turn', content, usage, ...message },
  });
  return lines([
    { type: 'summary', summary: said, leafUuid: 'u1' },
    { type: 'custom-title', customTitle: said },
    { type: 'ai-title', aiTitle: said },
    user(said, { promptId: 'p1' }),
    user([{ type: 'text', text: said }]),
    user([{ type: 'tool_result', tool_use_id: 'toolu_1', content: said }], { toolUseResult: { stdout: said } }),
    user(`<local-command-stdout>${said}</local-command-stdout>`),
    user(said, { isMeta: true }),
    user(said, { isCompactSummary: true }),
    { type: 'system', ...line, content: said, timestamp: at(2) },
    { type: 'attachment', ...line, attachment: { content: said }, timestamp: at(2) },
    {
      type: 'api-request',
      sessionId: '5e5510',
      timestamp: at(3),
      params: { model: 'claude-opus-5-5', max_tokens: 100, system: said, messages: [{ role: 'user', content: said }] },
    },
    { type: 'api-request-blob', body: said },
    answer(4),
    answer(5, { model: '<synthetic>', content: [{ type: 'text', text: said }] }),
    // What cannot be read becomes a problem, and a problem names its place only.
    answer(6, { usage: { ...usage, input_tokens: said } }),
    answer(7, {}, { timestamp: said }),
    answer(8, { usage: { ...usage, iterations: [{ type: 'message', ...usage, note: said, input_tokens: 11 }] } }),
    `{"type":"assistant","message":{"usage":${said}`,
    `"usage" ${said}`,
  ]);
}

function codexLines(): string[] {
  const line = (n: number, type: string, payload: object) => ({ timestamp: at(n), type, payload });
  const count = { input_tokens: 900, cached_input_tokens: 600, output_tokens: 30, reasoning_output_tokens: 18 };
  const info = { total_token_usage: count, last_token_usage: count, model_context_window: 272_000 };
  const thread = '0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee';
  return lines([
    line(1, 'session_meta', {
      id: thread,
      timestamp: at(1),
      cwd: '/home/kim/shop',
      source: 'cli',
      git: { branch: 'main' },
      instructions: said,
      base_instructions: { text: said },
    }),
    line(1, 'turn_context', { turn_id: 't1', cwd: '/home/kim/shop', model: 'gpt-5.5', user_instructions: said }),
    line(2, 'event_msg', { type: 'task_started', turn_id: 't1' }),
    line(2, 'event_msg', { type: 'user_message', message: said, images: [] }),
    line(3, 'response_item', { type: 'message', role: 'user', content: [{ type: 'input_text', text: said }] }),
    line(3, 'response_item', { type: 'reasoning', summary: [{ type: 'summary_text', text: said }], content: said }),
    line(3, 'response_item', { type: 'function_call', name: 'shell', arguments: JSON.stringify({ command: [said] }) }),
    line(3, 'response_item', { type: 'function_call_output', call_id: 'c1', output: said }),
    line(3, 'response_item', { type: 'web_search_call', action: { type: 'search', query: said } }),
    line(4, 'event_msg', { type: 'agent_message', message: said }),
    line(4, 'event_msg', { type: 'token_count', info, rate_limits: { plan_type: 'plus' } }),
    line(5, 'event_msg', { type: 'token_count', info: { last_token_usage: { ...count, output_tokens: said } } }),
    line(6, 'inter_agent_communication', { trigger_turn: false, message: said }),
    line(7, 'event_msg', { type: 'task_complete', turn_id: 't1', last_agent_message: said }),
    `{"type":"event_msg","payload":{"type":"token_count",${said}`,
  ]);
}
