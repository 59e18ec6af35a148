// @ts-check
// Demo records: a believable month of Claude Code and Codex, written as their homes hold them.
//   node test/demo/generate.mjs --out DIR [--seed N] [--bytes 1g] [--now ISO] [--root DIR [--projects]]
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectNames, writeMonth, writeUntil } from './month.mjs';
import { createWorld } from './session.mjs';

/**
 * Same options, same bytes. Gives back what it wrote and its own bill for it, in USD and tokens.
 * @param {object} options
 * @param {string} options.out the folder to write as a home
 * @param {number} options.now ms since the epoch
 * @param {number} [options.seed]
 * @param {number} [options.bytes] keep adding sessions, with tool output of realistic size, until there are this many
 * @param {number} [options.offsetMinutes] of the developer's zone, east of UTC
 * @param {string} [options.root] where the records say the projects stand
 */
export function generate({ out, now, seed = 1, bytes = 0, offsetMinutes = 0, root = '/home/dev' }) {
  // About 15 kB a call in all, as real transcripts have.
  const world = createWorld({ out, seed, now, offsetMinutes, fillerBytes: bytes > 0 ? 5000 : 0 });
  writeMonth(world, root);
  if (bytes > 0) writeUntil(world, root, bytes);
  return { ...world.written, bill: world.total };
}

/**
 * The project folders that the records name, as git roots, so that an editor can open one.
 * @param {string} root
 */
export function layOutProjects(root) {
  for (const name of projectNames) {
    fs.mkdirSync(path.join(root, name, '.git'), { recursive: true });
    fs.writeFileSync(path.join(root, name, '.git/HEAD'), 'ref: refs/heads/main\n');
    fs.writeFileSync(path.join(root, name, 'README.md'), `# ${name}\n\nA project of the demo records.\n`);
  }
  return path.join(root, 'shop');
}

const units = new Map([
  ['', 1],
  ['k', 1e3],
  ['m', 1e6],
  ['g', 1e9],
]);

/** @param {string} text e.g. `1g`, `200m`, `5000` */
export function parseBytes(text) {
  const match = /^([\d.]+)([kmg]?)$/i.exec(text);
  if (!match) throw new Error(`not a size: ${text}`);
  return Number(match[1]) * (units.get(match[2]?.toLowerCase() ?? '') ?? 1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
      bytes: { type: 'string', default: '0' },
      now: { type: 'string' },
      root: { type: 'string', default: '/home/dev' },
      projects: { type: 'boolean', default: false },
    },
  });
  if (!values.out)
    throw new Error('usage: generate.mjs --out DIR [--seed N] [--bytes 1g] [--now ISO] [--root DIR [--projects]]');
  if (values.projects) layOutProjects(values.root);
  const now = values.now ? Date.parse(values.now) : Date.now();
  const offsetMinutes = -new Date(now).getTimezoneOffset();
  const options = { out: values.out, now, seed: Number(values.seed), bytes: parseBytes(values.bytes) };
  console.log(JSON.stringify(generate({ ...options, offsetMinutes, root: values.root }), null, 2));
}
