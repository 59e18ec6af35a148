// @ts-check
// Who works when: a developer with four projects, two agents and a weekday rhythm, up to this very minute.
import { writeClaudeSession } from './claude.mjs';
import { writeCodexSession } from './codex.mjs';

/**
 * @typedef {import('./session.mjs').World} World
 * @typedef {import('./session.mjs').MonthWorld} MonthWorld
 */

const day = 86_400_000;
const hour = 3_600_000;

const projects = [
  { name: 'shop', branches: ['main', 'feature/checkout', 'fix/cart-totals'], hourCache: true, weight: 5 },
  { name: 'api', branches: ['main', 'feature/rate-limits'], hourCache: true, weight: 3 },
  { name: 'infra', branches: ['main', 'upgrade-postgres'], hourCache: false, weight: 2 },
  { name: 'docs-site', branches: ['main'], hourCache: false, weight: 1 },
];
export const projectNames = projects.map(({ name }) => name);
const weighted = projects.flatMap((project) => Array.from({ length: project.weight }, () => project));

const titles = [
  'Fix rounding in cart totals',
  'Add rate limits to the public API',
  'Move image uploads to a queue',
  'Speed up the search page',
  'Write migration for order history',
  'Upgrade Postgres in staging',
  'Explain the flaky login test',
  'Rework the invoice export',
];

/**
 * A month of days, then today up to now. Sessions per day follow the weekday.
 * @param {World} world
 * @param {string} root where the projects stand
 */
export function writeMonth(world, root) {
  const { chance, now, offsetMinutes } = world;
  const localMidnight = Math.floor((now + offsetMinutes * 60_000) / day) * day - offsetMinutes * 60_000;
  for (let back = 30; back >= 0; back -= 1) {
    const midnight = localMidnight - back * day;
    const weekday = new Date(midnight + offsetMinutes * 60_000).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    const sessions = weekend ? chance.int(0, 2) : chance.int(4, 9);
    for (let n = 0; n < sessions; n += 1) {
      const start = midnight + 8 * hour + Math.floor(chance.next() * 10 * hour);
      if (start < now - 20 * 60_000) writeSession(world, root, start);
    }
  }
  // Whatever the hour: a session an hour ago, and one at work right now.
  writeClaude(world, root, now - 55 * 60_000);
  writeCodex(world, root, now - 22 * 60_000);
  writeClaudeSession(world, {
    ...claudeSession(world, root, now - 9 * 60_000),
    turns: 40,
    longest: 14,
    longestPause: 30,
  });
}

/**
 * More sessions at random moments of the month until there are this many bytes.
 * @param {MonthWorld} world
 * @param {string} root
 * @param {number} bytes
 */
export function writeUntil(world, root, bytes) {
  while (world.written.bytes < bytes)
    writeSession(world, root, world.now - Math.floor(world.chance.next() * 30 * day) - hour);
}

/** @param {World} world @param {string} root @param {number} start */
function writeSession(world, root, start) {
  if (world.chance.yes(0.72)) writeClaude(world, root, start);
  else writeCodex(world, root, start);
}

/** @param {World} world @param {string} root @param {number} start */
const writeClaude = (world, root, start) => writeClaudeSession(world, claudeSession(world, root, start));

/** @param {World} world @param {string} root @param {number} start */
function writeCodex(world, root, start) {
  const { chance } = world;
  const old = chance.yes(0.3);
  const model = old || chance.yes(0.25) ? 'gpt-5.5' : 'gpt-6-sol';
  const effort = chance.pick(['medium', 'high']);
  const session = { ...place(world, root, start), model, effort, hourCache: false, baseContext: 9100, subagents: 0 };
  writeCodexSession(world, { ...session, turns: chance.int(1, 5), longest: 10 }, old ? 'old' : 'new');
}

/** @param {World} world @param {string} root @param {number} start */
function claudeSession(world, root, start) {
  const { chance } = world;
  const where = place(world, root, start);
  // A model of the user's own gateway, which no public price list knows.
  const own = where.cwd.endsWith('docs-site') && chance.yes(0.3);
  const model = own ? 'house-coder-1' : chance.yes(0.55) ? 'claude-opus-5-5' : 'claude-sonnet-5-5';
  const effort = chance.pick(['low', 'medium', 'medium', 'high', 'xhigh']);
  const turns = chance.int(1, 6);
  return { ...where, model, effort, turns, longest: 14, baseContext: 13_000, subagents: own ? 0 : 0.04 };
}

/** @param {World} world @param {string} root @param {number} start */
function place({ chance }, root, start) {
  const project = chance.pick(weighted);
  const branch = chance.pick(project.branches);
  const cwd = `${root}/${project.name}`;
  const rest = { title: chance.pick(titles), hourCache: project.hourCache, plan: null };
  return { start, cwd, branch, longestPause: 1500, ...rest };
}
