import * as fs from 'node:fs';
import * as path from 'node:path';

/** One billed call as a test wants it; tokens left out are 0. */
export interface CallSpec {
  readonly session: string;
  readonly cwd: string;
  /** Unique among the calls of a test. */
  readonly id: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly model?: string;
  readonly branch?: string;
  readonly input?: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  readonly output?: number;
  /** Whether it ends its turn; else a tool runs next. */
  readonly last?: boolean;
}

/** The line that Claude Code writes for a call, with its line break. */
export function claudeLine(call: CallSpec): string {
  const write5m = call.cacheWrite5m ?? 0;
  const write1h = call.cacheWrite1h ?? 0;
  const usage = {
    input_tokens: call.input ?? 0,
    cache_creation_input_tokens: write5m + write1h,
    cache_read_input_tokens: call.cacheRead ?? 0,
    output_tokens: call.output ?? 0,
    output_tokens_details: { thinking_tokens: 0 },
    server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
    service_tier: 'standard',
    cache_creation: { ephemeral_1h_input_tokens: write1h, ephemeral_5m_input_tokens: write5m },
    inference_geo: 'not_available',
    iterations: [],
    speed: 'standard',
  };
  const head = { parentUuid: null, isSidechain: false };
  const said = { id: `msg_01${call.id}`, type: 'message', role: 'assistant', model: call.model ?? 'claude-opus-5-5' };
  const tool = { type: 'tool_use', id: `toolu_01${call.id}`, name: 'Bash', input: { command: 'ls' } };
  const text = { type: 'text', text: 'done' };
  const stop =
    call.last === true ? { content: [text], stop_reason: 'end_turn' } : { content: [tool], stop_reason: 'tool_use' };
  const request = { requestId: `req_01${call.id}`, type: 'assistant', uuid: `uuid-${call.id}`, effort: 'medium' };
  const place = { cwd: call.cwd, sessionId: call.session, version: '2.1.329', gitBranch: call.branch ?? 'main' };
  const timestamp = new Date(call.at).toISOString();
  return `${JSON.stringify({ ...head, message: { ...said, ...stop, usage }, ...request, timestamp, ...place })}\n`;
}

/** Appends a call to its session's transcript below `home`, in one write as the agent does; gives back the file. */
export function appendCall(home: string, call: CallSpec): string {
  return append(home, call, claudeLine(call));
}

/** Appends what the user typed, from which on calls belong to a new turn. */
export function appendPrompt(home: string, prompt: Pick<CallSpec, 'session' | 'cwd' | 'id' | 'at'>): string {
  const { session, cwd, id, at } = prompt;
  const said = {
    promptId: `prompt-${id}`,
    type: 'user',
    message: { role: 'user', content: 'go on' },
    uuid: `uuid-${id}`,
  };
  const place = { cwd, sessionId: session, version: '2.1.329', gitBranch: 'main' };
  const line = { parentUuid: null, isSidechain: false, ...said, timestamp: new Date(at).toISOString(), ...place };
  return append(home, prompt, `${JSON.stringify(line)}\n`);
}

function append(home: string, { session, cwd }: Pick<CallSpec, 'session' | 'cwd'>, text: string): string {
  const file = path.join(home, '.claude/projects', cwd.replaceAll(/[^A-Za-z0-9]/g, '-'), `${session}.jsonl`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.appendFileSync(file, text);
  return file;
}
