import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seeded } from './seeded.ts';

type Random = (n: number) => number;

const start = Date.UTC(2026, 8, 1);

/** What one record file shall hold, in the order its agent writes it. */
export interface RecordFile {
  /** Below the home. */
  readonly path: string;
  readonly lines: readonly string[];
}

/**
 * Record files of both agents, the same for the same seed: streamed lines, a fork that copies its origin, a subagent,
 * re-emitted counters, and long lines that do not matter.
 */
export function generateRecords(seed: number, files: number, callsPerFile: number): readonly RecordFile[] {
  const random = seeded(seed);
  const made: RecordFile[] = [];
  for (let i = 0; i < files; i += 1) {
    const last = made.at(-1);
    if (i % 4 === 3) made.push(codexFile(random, seed, i, callsPerFile));
    else made.push(claudeFile(random, seed, i, callsPerFile, i % 4 === 2 && last !== undefined ? last.lines : []));
  }
  return made;
}

export function writeRecords(home: string, files: readonly RecordFile[]): void {
  for (const { path, lines } of files) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), lines.join(''));
  }
}

export function appendRecords(home: string, path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  appendFileSync(join(home, path), text);
}

function claudeFile(random: Random, seed: number, index: number, calls: number, copied: readonly string[]): RecordFile {
  const session = `5e55${seed}-${index}`;
  const subagent = index % 4 === 1;
  const lines = copied.slice(0, copied.length / 2);
  for (let i = 0; i < calls; i += 1) {
    const at = new Date(start + index * 3_600_000 + i * 5000).toISOString();
    const common = {
      sessionId: session,
      timestamp: at,
      cwd: `/home/dev/p${index % 5}`,
      gitBranch: 'main',
      version: '2.1.230',
      isSidechain: subagent,
      ...(subagent ? { agentId: `a${index}` } : {}),
    };
    lines.push(
      `${JSON.stringify({ type: 'user', ...common, message: { role: 'user', content: 'x'.repeat(random(3000)) } })}\n`,
    );
    const output = 1 + random(2000);
    for (const tokens of [1, output]) lines.push(claudeLine(random, common, `${session}_${i}`, tokens));
  }
  const folder = `.claude/projects/-work-p${index % 5}`;
  const name = subagent ? `${session}/subagents/agent-a${index}.jsonl` : `${session}.jsonl`;
  return { path: `${folder}/${name}`, lines };
}

function claudeLine(random: Random, common: object, id: string, output: number): string {
  const write = id.length * 100;
  const usage = {
    input_tokens: 3,
    cache_creation_input_tokens: write,
    cache_read_input_tokens: 20_000,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: write },
    output_tokens: output,
    service_tier: 'standard',
  };
  const content = [{ type: 'text', text: 'y'.repeat(random(2000)) }];
  const message = {
    id: `msg_${id}`,
    model: 'claude-opus-4-6',
    role: 'assistant',
    content,
    stop_reason: 'end_turn',
    usage,
  };
  return `${JSON.stringify({ type: 'assistant', ...common, requestId: `req_${id}`, message })}\n`;
}

const counters = [
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
  'total_tokens',
] as const;

function codexFile(random: Random, seed: number, index: number, calls: number): RecordFile {
  const id = `0199${seed}-${index}`;
  let time = start + index * 3_600_000;
  const line = (type: string, payload: object) =>
    `${JSON.stringify({ timestamp: new Date((time += 1500)).toISOString(), type, payload })}\n`;
  const lines = [
    line('session_meta', {
      id,
      cwd: '/home/dev/codex',
      source: 'cli',
      model_provider: 'openai',
      git: { branch: 'dev' },
    }),
  ];
  lines.push(line('turn_context', { turn_id: 't1', cwd: '/home/dev/codex', model: 'gpt-5.1', effort: 'high' }));
  const total = {
    input_tokens: 0,
    cached_input_tokens: 0,
    output_tokens: 0,
    reasoning_output_tokens: 0,
    total_tokens: 0,
  };
  for (let i = 0; i < calls; i += 1) {
    lines.push(
      line('response_item', { type: 'function_call_output', call_id: `c${i}`, output: 'z'.repeat(random(4000)) }),
    );
    const last = {
      input_tokens: 9000 + i,
      cached_input_tokens: 6000,
      output_tokens: 300,
      reasoning_output_tokens: 180,
      total_tokens: 9300 + i,
    };
    for (const key of counters) total[key] += last[key];
    const info = { total_token_usage: { ...total }, last_token_usage: last, model_context_window: 272_000 };
    lines.push(line('event_msg', { type: 'token_count', info, rate_limits: null }));
    if (random(3) === 0) lines.push(line('event_msg', { type: 'token_count', info, rate_limits: null }));
  }
  return {
    path: `.codex/sessions/2026/09/01/rollout-2026-09-01T00-00-${String(index).padStart(2, '0')}-${id}.jsonl`,
    lines,
  };
}
