// @ts-check
// Claude Code's transcripts as its 2.1.329 writes them (compact JSON, one line per content block); ids and texts invented.
import { tokenClasses } from './bill.mjs';
import { sentence } from './chance.mjs';

/**
 * @typedef {import('./session.mjs').Session} Session
 * @typedef {import('./session.mjs').World} World
 */

const tools = ['Bash', 'Read', 'Edit', 'Grep', 'Write'];

/**
 * Writes one session: turns of several calls with a growing, cached context; subagents on the way.
 * @param {World} world
 * @param {Session} session
 */
export function writeClaudeSession(world, session) {
  const { chance } = world;
  const id = chance.uuid();
  const folder = `.claude/projects/${session.cwd.replaceAll(/[^A-Za-z0-9]/g, '-')}`;
  const file = world.open(`${folder}/${id}.jsonl`);
  const thread = createClaudeThread(world, file, session, id, null);
  let at = session.start;
  /** @type {Map<string, Claimed>} */
  const claims = new Map();
  for (let turn = 0; turn < session.turns && at < world.now; turn += 1) {
    at = thread.prompt(at);
    if (turn === 0) file.write({ type: 'ai-title', sessionId: id, aiTitle: session.title });
    for (let step = chance.int(2, session.longest); step >= 0; step -= 1) {
      const model = session.model;
      const last = step === 0;
      at = thread.call(at, { model, last, claims, searches: chance.yes(0.015) ? chance.int(1, 3) : 0 });
      if (at >= world.now) break;
      if (!last && chance.yes(session.subagents)) at = writeSubagent(world, session, folder, id, at, claims);
    }
    // A break between turns; past five minutes the short cache is cold.
    at += chance.int(15, chance.yes(0.25) ? session.longestPause : 120) * 1000;
  }
  // The client writes its own total when the session ends; one still at work has none.
  if (at < world.now) file.write(costState(id, session, claims));
  file.close();
}

/**
 * @param {World} world
 * @param {Session} session
 * @param {string} folder
 * @param {string} parent
 * @param {number} start
 * @param {Map<string, Claimed>} claims
 */
function writeSubagent(world, session, folder, parent, start, claims) {
  const { chance } = world;
  const agentId = `a${chance.hex(16)}`;
  const name = `${folder}/${parent}/subagents/agent-${agentId}`;
  const model = chance.yes(0.6) ? 'claude-haiku-5-5' : session.model;
  const file = world.open(`${name}.jsonl`);
  const thread = createClaudeThread(
    world,
    file,
    { ...session, model, hourCache: false, baseContext: 7000 },
    parent,
    agentId,
  );
  let at = thread.prompt(start);
  for (let step = chance.int(1, 7); step >= 0 && at < world.now; step -= 1) {
    at = thread.call(at, { model, last: step === 0, claims, searches: 0 });
  }
  file.close();
  const meta = world.open(`${name}.meta.json`);
  meta.write({ agentType: 'Explore', isBuiltIn: true, description: sentence(chance, 3), spawnDepth: 1, model });
  meta.close();
  return at;
}

/**
 * One lane of calls: the main thread or a subagent.
 * @param {World} world
 * @param {ReturnType<World['open']>} file
 * @param {Session} session
 * @param {string} sessionId
 * @param {string | null} agentId
 */
export function createClaudeThread(world, file, session, sessionId, agentId) {
  const { chance } = world;
  let parentUuid = /** @type {string | null} */ (null);
  let promptId = '';
  let context = 0;
  let cachedAt = 0;
  const line = (/** @type {Record<string, unknown>} */ fields, /** @type {number} */ at) => {
    const uuid = chance.uuid();
    const head = { parentUuid, isSidechain: agentId !== null, ...(agentId === null ? {} : { agentId }) };
    const tail = { userType: 'external', entrypoint: 'cli', cwd: session.cwd, sessionId, version: '2.1.329' };
    file.write({ ...head, ...fields, uuid, timestamp: iso(at), ...tail, gitBranch: session.branch });
    parentUuid = uuid;
  };
  return {
    prompt(/** @type {number} */ at) {
      promptId = chance.uuid();
      const text = sentence(chance, chance.int(4, 30));
      line({ promptId, type: 'user', message: { role: 'user', content: text }, permissionMode: 'default' }, at);
      return at + chance.int(80, 400);
    },

    /**
     * One request and its answer; gives back when its tool was done.
     * @param {number} at
     * @param {{ model: string, last: boolean, claims: Map<string, Claimed>, searches: number }} what
     */
    call(at, { model, last, claims, searches }) {
      const request = chance.uuid();
      const tokens = nextTokens(at);
      file.write(apiRequest(sessionId, request, at, model, session.effort));
      const answeredAt = at + 1500 + tokens.output * 9;
      if (answeredAt >= world.now) return answeredAt;
      const message = { id: `msg_01${chance.base62(22)}`, usage: usageOf(tokens, searches) };
      const call = { requestId: `req_011C${chance.base62(20)}`, requestRef: request, requestedModel: model };
      const cache = session.hourCache && agentId === null ? '1h' : '5m';
      const tool = { id: `toolu_01${chance.base62(22)}`, name: chance.pick(tools) };
      const blocks = contentBlocks(tokens, last, tool);
      for (const [apiBlockIndex, block] of blocks.entries()) {
        const stop_reason = last ? 'end_turn' : 'tool_use';
        const body = { type: 'message', role: 'assistant', model, content: [block], stop_reason, stop_sequence: null };
        const made = { apiBlockIndex, ...call, promptCacheRequested: cache, type: 'assistant', effort: session.effort };
        line({ message: { id: message.id, ...body, usage: message.usage }, ...made }, answeredAt + apiBlockIndex);
      }
      const usd = world.bill({ agent: 'claude', model, at: answeredAt, tokens, webSearches: searches });
      claim(claims, model, tokens, searches, usd);
      if (last) return answeredAt + 50;
      const doneAt = answeredAt + chance.skewed(2500);
      toolResult(tool.id, doneAt);
      return doneAt + 40;
    },
  };

  /** @param {number} at */
  function nextTokens(at) {
    const grown = context === 0 ? session.baseContext + chance.skewed(3500) : chance.skewed(2300);
    const cold = context === 0 || at - cachedAt > (session.hourCache && agentId === null ? 3_600_000 : 300_000);
    const written = cold ? context + grown : grown;
    const output = chance.skewed(640);
    const thinking = chance.yes(0.45) ? Math.round(output * (0.3 + chance.next() * 0.5)) : 0;
    const hour = session.hourCache && agentId === null;
    const tokens = {
      input: chance.int(1, 12),
      cacheRead: cold ? 0 : context,
      cacheWrite5m: hour ? 0 : written,
      cacheWrite1h: hour ? written : 0,
      output,
      thinking,
    };
    context += grown;
    cachedAt = at;
    return tokens;
  }

  /** @param {import('./bill.mjs').Tokens} tokens @param {boolean} last @param {{ id: string, name: string }} tool */
  function contentBlocks(tokens, last, tool) {
    const text = { type: 'text', text: sentence(chance, chance.int(5, 25)) };
    const use = {
      type: 'tool_use',
      ...tool,
      input: { description: sentence(chance, 3), command: sentence(chance, 4) },
    };
    const thought = { type: 'thinking', thinking: '', signature: chance.base62(24) };
    return [...(tokens.thinking > 0 ? [thought] : []), text, ...(last ? [] : [use])];
  }

  /** @param {string} toolId @param {number} at */
  function toolResult(toolId, at) {
    const content = sentence(chance, chance.int(6, 40)) + world.filler();
    const result = { tool_use_id: toolId, type: 'tool_result', content, is_error: false };
    const copy = { stdout: content, stderr: '', interrupted: false };
    line({ promptId, type: 'user', message: { role: 'user', content: [result] }, toolUseResult: copy }, at);
  }
}

/** @param {number} at */
const iso = (at) => new Date(at).toISOString();

/**
 * @param {string} sessionId
 * @param {string} id
 * @param {number} at
 * @param {string} model
 * @param {string} effort
 */
function apiRequest(sessionId, id, at, model, effort) {
  const thinking = { type: 'adaptive', display: 'omitted' };
  const params = { model, max_tokens: 64_000, thinking, output_config: { effort } };
  const head = { type: 'api-request', sessionId, id, timestamp: iso(at), version: '2.1.329' };
  return { ...head, querySource: 'repl_main_thread', params };
}

/** @param {import('./bill.mjs').Tokens} t @param {number} searches */
function usageOf(t, searches) {
  return {
    input_tokens: t.input,
    cache_creation_input_tokens: t.cacheWrite5m + t.cacheWrite1h,
    cache_read_input_tokens: t.cacheRead,
    output_tokens: t.output,
    output_tokens_details: { thinking_tokens: t.thinking },
    server_tool_use: { web_search_requests: searches, web_fetch_requests: 0 },
    service_tier: 'standard',
    cache_creation: { ephemeral_1h_input_tokens: t.cacheWrite1h, ephemeral_5m_input_tokens: t.cacheWrite5m },
    inference_geo: 'not_available',
    iterations: [],
    speed: 'standard',
  };
}

/** @typedef {{ tokens: import('./bill.mjs').Tokens, searches: number, usd: number }} Claimed */

/**
 * @param {Map<string, Claimed>} claims
 * @param {string} model
 * @param {import('./bill.mjs').Tokens} tokens
 * @param {number} searches
 * @param {number | null} usd
 */
function claim(claims, model, tokens, searches, usd) {
  const none = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, thinking: 0 };
  const known = claims.get(model) ?? { tokens: none, searches: 0, usd: 0 };
  for (const name of tokenClasses) known.tokens[name] += tokens[name];
  claims.set(model, { tokens: known.tokens, searches: known.searches + searches, usd: known.usd + (usd ?? 0) });
}

/**
 * The client's own running total, written when the session ends.
 * @param {string} sessionId
 * @param {Session} session
 * @param {Map<string, Claimed>} claims
 */
function costState(sessionId, session, claims) {
  const modelUsage = Object.fromEntries(
    [...claims].map(([model, { tokens: t, searches, usd }]) => [
      model,
      {
        inputTokens: t.input,
        outputTokens: t.output,
        thinkingTokens: t.thinking,
        cacheReadInputTokens: t.cacheRead,
        cacheCreationInputTokens: t.cacheWrite5m + t.cacheWrite1h,
        cacheCreationEphemeral5mInputTokens: t.cacheWrite5m,
        cacheCreationEphemeral1hInputTokens: t.cacheWrite1h,
        webSearchRequests: searches,
        costUSD: usd,
      },
    ]),
  );
  const totalCostUSD = [...claims.values()].reduce((sum, { usd }) => sum + usd, 0);
  return { type: 'cost-state', sessionId, totalCostUSD, startTime: session.start, modelUsage };
}
