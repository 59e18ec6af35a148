// @ts-check
// A demo session that goes on working while somebody looks: one call now and then, written line by line as the agent does.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createChance } from './chance.mjs';
import { createClaudeThread } from './claude.mjs';

/**
 * @param {{ home: string, cwd: string, seed: number }} options
 * @returns {{ step: (now: number) => void }} `step` writes the next call with its tool's result, every ninth ends the turn
 */
export function createLiveSession({ home, cwd, seed }) {
  const chance = createChance(seed);
  const id = chance.uuid();
  const file = path.join(home, '.claude/projects', cwd.replaceAll(/[^A-Za-z0-9]/g, '-'), `${id}.jsonl`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const sink = {
    write: (/** @type {Record<string, unknown>} */ record) => fs.appendFileSync(file, `${JSON.stringify(record)}\n`),
    close: () => {},
  };
  const world = { chance, now: Infinity, offsetMinutes: 0, filler: () => '', open: () => sink, bill: () => null };
  const model = 'claude-opus-5-5';
  const sitting = {
    start: 0,
    turns: 1,
    longest: 1,
    longestPause: 0,
    hourCache: true,
    baseContext: 13_000,
    subagents: 0,
  };
  const names = { model, effort: 'medium', cwd, plan: null, branch: 'feature/checkout', title: 'Rework the checkout' };
  const thread = createClaudeThread(world, sink, { ...sitting, ...names }, id, null);
  let calls = 0;
  return {
    step(now) {
      if (calls % 9 === 0) thread.prompt(now - 20_000);
      calls += 1;
      thread.call(now - 15_000, { model, last: calls % 9 === 0, claims: new Map(), searches: 0 });
    },
  };
}
