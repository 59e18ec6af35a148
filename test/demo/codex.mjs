// @ts-check
// Codex's rollouts as 0.169 (usage records by response id) and 0.98 (counters only, some of them repeated) write them.
import { sentence } from './chance.mjs';

/**
 * @typedef {import('./session.mjs').Session} Session
 * @typedef {import('./session.mjs').World} World
 */

const zero = {
  input_tokens: 0,
  cached_input_tokens: 0,
  cache_write_input_tokens: 0,
  output_tokens: 0,
  reasoning_output_tokens: 0,
  total_tokens: 0,
};

/**
 * @param {World} world
 * @param {Session} session
 * @param {'new' | 'old'} format
 */
export function writeCodexSession(world, session, format) {
  const { chance } = world;
  const id = chance.timedUuid(session.start);
  const local = new Date(session.start + world.offsetMinutes * 60_000).toISOString();
  const day = local.slice(0, 10).replaceAll('-', '/');
  const stamp = local.slice(0, 19).replaceAll(':', '-');
  const file = world.open(`.codex/sessions/${day}/rollout-${stamp}-${id}.jsonl`);
  let ordinal = 0;
  const line = (
    /** @type {number} */ at,
    /** @type {string} */ type,
    /** @type {Record<string, unknown>} */ payload,
  ) => {
    const order = format === 'new' ? { ordinal } : {};
    file.write({ timestamp: new Date(at).toISOString(), ...order, type, payload });
    ordinal += 1;
  };
  line(session.start, 'session_meta', meta(session, id, format));
  const counters = { total: zero, context: 0 };
  let at = session.start + 30;
  for (let turn = 0; turn < session.turns && at < world.now; turn += 1) {
    const turnId = chance.timedUuid(at);
    const started = { type: 'task_started', turn_id: turnId, model_context_window: 258_400 };
    if (format === 'new') line(at, 'event_msg', { ...started, started_at: Math.floor(at / 1000) });
    line(at + 5, 'turn_context', turnContext(session, format === 'new' ? turnId : null));
    line(at + 9, 'event_msg', { type: 'user_message', message: sentence(chance, chance.int(4, 20)), images: [] });
    if (format === 'old') line(at + 20, 'event_msg', { type: 'token_count', info: null, rate_limits: limits(session) });
    for (let step = chance.int(1, session.longest); step >= 0; step -= 1) {
      at = writeCall(world, session, { line, format, id, turnId, counters, last: step === 0 }, at);
      if (at >= world.now) break;
    }
    if (at < world.now) line(at, 'event_msg', { type: 'task_complete', turn_id: turnId, last_agent_message: 'Done.' });
    at += chance.int(15, chance.yes(0.25) ? session.longestPause : 120) * 1000;
  }
  file.close();
}

/**
 * One response with its counters; gives back when its tool was done.
 * @param {World} world
 * @param {Session} session
 * @param {{ line: (at: number, type: string, payload: Record<string, unknown>) => void, format: 'new' | 'old',
 *   id: string, turnId: string, counters: { total: typeof zero, context: number }, last: boolean }} run
 * @param {number} at
 */
function writeCall(world, session, { line, format, id, turnId, counters, last }, at) {
  const { chance } = world;
  const usage = nextUsage(world, session, counters, format);
  const answeredAt = at + 1200 + usage.output_tokens * 8;
  if (answeredAt >= world.now) return answeredAt;
  counters.total = sum(counters.total, usage);
  line(answeredAt - 4, 'response_item', {
    type: 'reasoning',
    summary: [],
    content: null,
    encrypted_content: chance.base62(40),
  });
  const callId = `call_${chance.base62(20)}`;
  const command = { name: 'shell_command', arguments: JSON.stringify({ command: sentence(chance, 4) }) };
  if (!last) line(answeredAt - 3, 'response_item', { type: 'function_call', ...command, call_id: callId });
  if (format === 'new') {
    const ids = { thread_id: id, turn_id: turnId, session_id: id, root_turn_id: turnId };
    const record = { response_id: `resp_${chance.hex(40)}`, usage, thread_token_usage: counters.total };
    line(answeredAt, 'token_usage_record', { ...ids, ...record });
  }
  const info = { total_token_usage: counters.total, last_token_usage: usage, model_context_window: 258_400 };
  const count = { type: 'token_count', info, rate_limits: limits(session) };
  line(answeredAt + 2, 'event_msg', count);
  // Older clients write the same counters again when only the rate limits changed.
  if (format === 'old' && chance.yes(0.3)) line(answeredAt + 3, 'event_msg', count);
  world.bill({ agent: 'codex', model: session.model, at: answeredAt, tokens: disjoint(usage), webSearches: 0 });
  if (last) return answeredAt + 10;
  const doneAt = answeredAt + chance.skewed(1800);
  const output = sentence(chance, chance.int(5, 40)) + world.filler();
  line(doneAt, 'response_item', { type: 'function_call_output', call_id: callId, output });
  return doneAt + 20;
}

/**
 * @param {World} world
 * @param {Session} session
 * @param {{ context: number }} counters
 * @param {'new' | 'old'} format
 */
function nextUsage({ chance }, session, counters, format) {
  const cached = counters.context - (counters.context % 128);
  counters.context += counters.context === 0 ? session.baseContext : chance.skewed(2100);
  const output = chance.skewed(380);
  const write = format === 'new' && session.model === 'gpt-6-sol' ? counters.context - cached - chance.int(10, 90) : 0;
  return {
    input_tokens: counters.context,
    cached_input_tokens: cached,
    cache_write_input_tokens: Math.max(0, write),
    output_tokens: output,
    reasoning_output_tokens: Math.round(output * (0.4 + chance.next() * 0.4)),
    total_tokens: counters.context + output,
  };
}

/** @param {typeof zero} a @param {typeof zero} b @returns {typeof zero} */
const sum = (a, b) => ({
  input_tokens: a.input_tokens + b.input_tokens,
  cached_input_tokens: a.cached_input_tokens + b.cached_input_tokens,
  cache_write_input_tokens: a.cache_write_input_tokens + b.cache_write_input_tokens,
  output_tokens: a.output_tokens + b.output_tokens,
  reasoning_output_tokens: a.reasoning_output_tokens + b.reasoning_output_tokens,
  total_tokens: a.total_tokens + b.total_tokens,
});

/** @param {typeof zero} u */
const disjoint = (u) => ({
  input: u.input_tokens - u.cached_input_tokens - u.cache_write_input_tokens,
  cacheRead: u.cached_input_tokens,
  cacheWrite5m: u.cache_write_input_tokens,
  cacheWrite1h: 0,
  output: u.output_tokens,
  thinking: u.reasoning_output_tokens,
});

/** @param {Session} session @param {string} id @param {'new' | 'old'} format */
function meta(session, id, format) {
  const common = { id, timestamp: new Date(session.start).toISOString(), cwd: session.cwd, originator: 'codex_cli' };
  const client = { cli_version: format === 'new' ? '0.169.0' : '0.98.0', source: 'cli', model_provider: 'openai' };
  const git = { branch: session.branch, commit_hash: id.replaceAll('-', '').padEnd(40, '0') };
  return { ...(format === 'new' ? { session_id: id } : {}), ...common, ...client, git };
}

/** @param {Session} session @param {string | null} turnId */
function turnContext(session, turnId) {
  const rest = { cwd: session.cwd, approval_policy: 'on-request', model: session.model, effort: session.effort };
  return { ...(turnId === null ? {} : { turn_id: turnId }), ...rest, summary: 'auto' };
}

/** @param {Session} session */
const limits = (session) => ({ primary: null, secondary: null, credits: null, plan_type: session.plan });
