import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../../../../src/engine/ledger/schema.ts';

export interface TestPart {
  readonly model?: string;
  readonly input?: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  readonly output?: number;
  readonly thinking?: number | null;
  /** Pico-dollars; null is unpriced. */
  readonly cost?: bigint | null;
}

export interface TestCall {
  /** ISO instant. */
  readonly at: string;
  readonly agent?: string;
  readonly session?: string;
  readonly parent?: string;
  readonly project?: string | null;
  readonly branch?: string | null;
  readonly subagent?: string | null;
  readonly turn?: string | null;
  readonly searches?: number;
  readonly file?: string;
  readonly window?: number | null;
  readonly parts?: readonly TestPart[];
}

export interface TestLedger {
  readonly db: DatabaseSync;
  call(call: TestCall): number;
  activity(session: string, kind: string, at: string, more?: { turn?: string; model?: string; plan?: string }): void;
  claim(session: string, model: string, tokens: number, cost: bigint | null): void;
  problem(file: string, line: number, reason: string): void;
}

/** A ledger in memory, or in `path`, filled by hand. */
export function createTestLedger(path = ':memory:'): TestLedger {
  const db = new DatabaseSync(path);
  for (const step of migrations) db.exec(step);
  const id = (table: string, column: string, value: string): number => {
    db.prepare(`INSERT INTO ${table} (${column}) VALUES (?) ON CONFLICT DO NOTHING`).run(value);
    return Number(db.prepare(`SELECT id FROM ${table} WHERE ${column} = ?`).get(value)?.['id']);
  };
  const file = (name: string, agent = 'claude'): number => {
    const known = db.prepare('SELECT id FROM file WHERE path = ?').get(name)?.['id'];
    if (typeof known === 'number') return known;
    const made = db
      .prepare(
        "INSERT INTO file (path, agent, identity, head, size, mtime, offset, line) VALUES (?, ?, '', '', 100, 0, 100, 1)",
      )
      .run(name, agent);
    return Number(made.lastInsertRowid);
  };
  const session = (
    key: string,
    agent = 'claude',
    parent: string | null = null,
    project: number | null = null,
  ): number => {
    db.prepare(
      'INSERT INTO session (agent, key, parent, project, file) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ).run(agent, key, parent, project, file(`/records/${key}.jsonl`, agent));
    return Number(db.prepare('SELECT id FROM session WHERE key = ?').get(key)?.['id']);
  };
  let calls = 0;
  return {
    db,
    call: (c) => {
      calls += 1;
      const agent = c.agent ?? 'claude';
      const project = c.project === null ? null : id('project', 'path', c.project ?? '/home/kim/shop');
      const branch = c.branch === null ? null : id('branch', 'name', c.branch ?? 'main');
      const at = Date.parse(c.at);
      const own = session(c.session ?? 's1', agent, c.parent ?? null, project);
      const row = db
        .prepare(
          `INSERT INTO call (key, grp, replay, rank, at, agent, provider, session, project, branch, subagent, turn, effort, speed,
             tier, region, searches, window, quality, file, offset, line)
           VALUES (?, '', 0, 0, ?, ?, 'anthropic', ?, ?, ?, ?, ?, null, 'standard', 'standard', null, ?, ?, 'exact', ?, 10, 4)`,
        )
        .run(
          `key-${calls}`,
          at,
          agent,
          own,
          project,
          branch,
          c.subagent ?? null,
          c.turn ?? null,
          c.searches ?? 0,
          c.window ?? null,
          file(c.file ?? `/records/${c.session ?? 's1'}.jsonl`, agent),
        );
      (c.parts ?? [{}]).forEach((part, index) => charge(db, Number(row.lastInsertRowid), index, at, part, id));
      return Number(row.lastInsertRowid);
    },
    activity: (key, kind, at, more = {}) => {
      db.prepare(
        'INSERT OR REPLACE INTO activity (session, kind, at, turn, model, plan) VALUES (?, ?, ?, ?, ?, ?)',
      ).run(session(key), kind, Date.parse(at), more.turn ?? null, more.model ?? null, more.plan ?? null);
    },
    claim: (key, model, tokens, cost) => {
      db.prepare('INSERT INTO claim VALUES (?, ?, 0, ?, 0, 0, 0, 0, 0, ?)').run(session(key), model, tokens, cost);
    },
    problem: (name, line, reason) => {
      db.prepare('INSERT INTO problem VALUES (?, ?, ?, ?)').run(file(name), line * 10, line, reason);
    },
  };
}

function charge(
  db: DatabaseSync,
  call: number,
  index: number,
  at: number,
  part: TestPart,
  id: (table: string, column: string, value: string) => number,
): void {
  const cost = part.cost === undefined ? 1_000_000_000_000n : part.cost;
  db.prepare('INSERT INTO charge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?, 0, 0, 0, 0, 0)').run(
    call,
    index,
    at,
    id('model', 'name', part.model ?? 'claude-opus-5-5'),
    part.input ?? 0,
    part.cacheRead ?? 0,
    part.cacheWrite5m ?? 0,
    part.cacheWrite1h ?? 0,
    part.output ?? 0,
    part.thinking ?? null,
    cost,
    cost,
  );
}
