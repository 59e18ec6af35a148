import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openLedger } from '../../../../src/engine/ledger/open.ts';
import { readDecisions } from '../../../../src/engine/ledger/decisions.ts';
import { guardPath, writeGuardFile } from '../../../../src/engine/preflight/guardFile.ts';
import type { Cap } from '../../../../src/core/settings.ts';
import { tempFolder } from '../../../support/ledgerBench.ts';

const entry = join(import.meta.dirname, '../../../../src/engine/cli.ts');
/** Its time to read never runs out, however busy the machine is. */
const stillClock = 'data:text/javascript,performance.now = () => 0';

/** A call of $0.006, at an instant that is of no month's sum. */
function line(n: number, session = 's1'): string {
  const usage = { input_tokens: 1000, output_tokens: 100, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const message = {
    id: `msg_${session}_${n}`,
    role: 'assistant',
    model: 'claude-opus-5-5',
    content: [],
    stop_reason: 'end_turn',
    usage,
  };
  const where = {
    sessionId: session,
    cwd: '/home/kim/shop',
    requestId: `req_${session}_${n}`,
    uuid: `u${session}${n}`,
  };
  return `${JSON.stringify({ type: 'assistant', ...where, timestamp: '2026-10-24T22:30:00Z', message })}\n`;
}

const payload = {
  session_id: 's1',
  hook_event_name: 'UserPromptSubmit',
  cwd: '/home/kim/shop',
  prompt: 'a telling sentence',
  prompt_id: 'p1',
};
const batch = { ...payload, hook_event_name: 'PostToolBatch', tool_calls: [] };

describe('burn-meter guard', function () {
  this.timeout(30_000);
  let temp: ReturnType<typeof tempFolder>;
  let record: string;
  let file: string;
  const ledger = (): string => join(temp.path, '.local/share/burn-meter/ledger.db');
  beforeEach(() => {
    temp = tempFolder();
    record = join(temp.path, '.claude/projects/-home-kim-shop/s1.jsonl');
    file = guardPath({ platform: 'linux', home: temp.path, env: {} }, dirname(ledger()));
    mkdirSync(dirname(record), { recursive: true });
    writeFileSync(record, line(1));
    openLedger(ledger()).db.close();
  });
  afterEach(() => temp.remove());

  const run = (args: readonly string[], input: unknown): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [...process.execArgv, '--import', stillClock, entry, 'guard', ...args], {
      encoding: 'utf8',
      input: typeof input === 'string' ? input : JSON.stringify(input),
      env: { PATH: process.env['PATH'], HOME: temp.path, TZ: 'UTC' },
    });
  const prompt = (input: unknown = payload): ReturnType<typeof run> => run(['claude', 'UserPromptSubmit'], input);
  const cap = (own: Cap): void => writeGuardFile(file, { caps: { '*': own }, timeZone: 'UTC' });
  const silent = { status: 0, stdout: '', stderr: '' };
  const heard = ({ status, stdout, stderr }: ReturnType<typeof run>): typeof silent => ({
    status: status ?? -1,
    stdout,
    stderr,
  });

  it('refuses at a hard cap, in the words of the agent, and keeps that', () => {
    cap({ session: 0.006, hard: true });
    const { status, stdout, stderr } = prompt();
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(JSON.parse(stdout), {
      decision: 'block',
      hookSpecificOutput: { hookEventName: 'UserPromptSubmit', suppressOriginalPrompt: true },
      reason:
        'Burn Meter refused this. Hard cap of $0.01 reached: $0.01 spent in this session. To go on, raise it in burnMeter.caps.',
    });
    const { db } = openLedger(ledger());
    const [kept] = readDecisions(db, 10);
    db.close();
    assert.deepEqual(
      [kept?.agent, kept?.session, kept?.project, kept?.kind, kept?.rule, kept?.action, kept?.choice, kept?.estimate],
      ['claude', 's1', '/home/kim/shop', 'prompt', 'cap', 'deny', null, null],
    );
    assert.ok(!readFileSync(ledger()).includes('telling'));
  });

  it('reads what came since the last time', () => {
    cap({ session: 0.012, hard: true });
    assert.deepEqual(heard(prompt()), silent);
    appendFileSync(record, line(2));
    assert.match(prompt().stdout, /Hard cap/);
    assert.match(run(['claude', 'PostToolBatch'], batch).stdout, /Hard cap/);
  });

  it('sums the session that asks, and projects by their caps', () => {
    writeFileSync(join(dirname(record), 's2.jsonl'), line(1, 's2') + line(2, 's2'));
    cap({ session: 0.012, hard: true });
    assert.deepEqual(heard(prompt()), silent);
    assert.match(prompt({ ...payload, session_id: 's2' }).stdout, /Hard cap/);
    writeGuardFile(file, { caps: { '/home/kim/other': { session: 0.001, hard: true } }, timeZone: 'UTC' });
    assert.deepEqual(heard(prompt()), silent);
  });

  it('reads the file that the agent names, if it is one of its records', () => {
    cap({ session: 0.006, hard: true });
    const far = join(dirname(record), 'far.jsonl');
    const named = (path: string): unknown => ({ ...payload, session_id: 'far', transcript_path: path });
    const elsewhere = join(temp.path, 'far.jsonl');
    writeFileSync(elsewhere, line(1, 'far'));
    for (const path of [elsewhere, '/dev/zero', '/', '', dirname(record), join(dirname(record), 'none.jsonl')]) {
      assert.deepEqual(heard(prompt(named(path))), silent);
    }
    writeFileSync(far, line(1, 'far'));
    assert.match(prompt(named(far)).stdout, /Hard cap/);
  });

  it("counts the session's subagents", () => {
    const folder = join(record.replace('.jsonl', ''), 'subagents');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'agent-a.jsonl'), line(2));
    cap({ session: 0.012, hard: true });
    assert.match(prompt({ ...payload, transcript_path: record }).stdout, /Hard cap/);
  });

  it('never asks: soft caps are silent', () => {
    writeGuardFile(file, {
      caps: { '*': { session: 1000, hard: true }, '/home/kim': { session: 0.001 } },
      timeZone: 'UTC',
    });
    assert.deepEqual(heard(prompt()), silent);
  });

  const harmless: readonly (readonly [name: string, args: readonly string[], input: unknown, spoil?: () => void])[] = [
    ['no arguments', [], payload],
    ['no event', ['claude'], payload],
    ['an unknown agent', ['owl', 'UserPromptSubmit'], payload],
    ['an unknown event', ['claude', 'Hoot'], payload],
    ['options', ['--help'], payload],
    ['no payload', ['claude', 'UserPromptSubmit'], ''],
    ['no JSON', ['claude', 'UserPromptSubmit'], '{"session_id":'],
    ['another payload', ['claude', 'UserPromptSubmit'], [1, 2]],
    ['no caps', ['claude', 'UserPromptSubmit'], payload, () => rmSync(file)],
    ['unreadable caps', ['claude', 'UserPromptSubmit'], payload, () => writeFileSync(file, '{')],
    [
      'an unknown zone',
      ['claude', 'UserPromptSubmit'],
      payload,
      () => writeGuardFile(file, { caps: { '*': { day: 1, hard: true } }, timeZone: 'Mars' }),
    ],
    [
      'no ledger',
      ['claude', 'UserPromptSubmit'],
      payload,
      () => rmSync(dirname(dirname(ledger())), { recursive: true }),
    ],
    [
      'a damaged ledger',
      ['claude', 'UserPromptSubmit'],
      payload,
      () => writeFileSync(ledger(), 'no ledger '.repeat(1000)),
    ],
  ];
  for (const [name, args, input, spoil] of harmless) {
    it(`goes on without a word: ${name}`, () => {
      cap({ session: 0.001, hard: true });
      spoil?.();
      assert.deepEqual(heard(run(args, input)), silent);
    });
  }

  it('lists decisions', () => {
    cap({ session: 0.006, hard: true });
    prompt();
    const list = (...args: string[]): string =>
      spawnSync(process.execPath, [...process.execArgv, entry, 'decisions', ...args], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: temp.path, TZ: 'UTC' },
      }).stdout;
    assert.match(list(), /^\S+Z {2}cap {2}prompt {2}deny {2}- {2}claude {2}s1 {2}\/home\/kim\/shop\n$/);
    const { at, ...rest } = JSON.parse(list('--json')) as Record<string, unknown>;
    assert.equal(typeof at, 'string');
    assert.deepEqual(rest, {
      agent: 'claude',
      session: 's1',
      project: '/home/kim/shop',
      kind: 'prompt',
      rule: 'cap',
      action: 'deny',
      choice: null,
      estimate: null,
    });
  });
});
