#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { canRun, findNode } from './cli/node.ts';

// The ledger needs a Node with SQLite in it, so nothing that asks for it is loaded before that is known.

if (canRun(process.versions.node)) {
  quietSqlite();
  const { main } = await import('./cli/run.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.exitCode = runElsewhere();
}

/** Runs this very command under a newer Node, if the machine has one. */
function runElsewhere(): number {
  const node = findNode(process.env, process.platform);
  // Whatever is wrong, an agent that asks the guard goes on, and hears nothing.
  const isGuard = process.argv[2] === 'guard';
  if (node === null && isGuard) return 0;
  if (node === null) {
    process.stderr.write(`burn-meter: needs Node 22.17 or newer (this is ${process.versions.node})\n`);
    return 1;
  }
  const script = fileURLToPath(import.meta.url);
  const { status, error } = spawnSync(node, [...process.execArgv, script, ...process.argv.slice(2)], {
    stdio: isGuard ? ['inherit', 'inherit', 'ignore'] : 'inherit',
  });
  if (isGuard) return 0;
  if (error) process.stderr.write(`burn-meter: ${node} could not be started: ${error.message}\n`);
  return status ?? 1;
}

/** Node says of SQLite that it is experimental; that is no news for the user. All other warnings are let through. */
function quietSqlite(): void {
  const emit = process.emit.bind(process) as (event: string, ...args: readonly unknown[]) => boolean;
  const filtered = (event: string, ...args: readonly unknown[]): boolean =>
    event === 'warning' && isSqlite(args[0]) ? false : emit(event, ...args);
  process.emit = filtered as typeof process.emit;
}

function isSqlite(warning: unknown): boolean {
  return warning instanceof Error && warning.name === 'ExperimentalWarning' && warning.message.startsWith('SQLite');
}
