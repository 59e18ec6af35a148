import { formatUsd } from '../../core/format.ts';
import type { Decision } from '../ledger/decisions.ts';
import { printable } from './table.ts';

/** One line for each decision: for people, or a line of JSON. */
export function decisionsText(decisions: readonly Decision[], json: boolean): string {
  return decisions.map((decision) => `${json ? jsonLine(decision) : line(decision)}\n`).join('');
}

function jsonLine({ at, ...rest }: Decision): string {
  return JSON.stringify({ at: new Date(at).toISOString(), ...rest });
}

function line({ at, agent, session, project, kind, rule, action, choice, estimate }: Decision): string {
  const done = choice === null ? action : `${action}: ${choice}`;
  const cost = estimate === null ? '-' : formatUsd(estimate);
  const cells = [new Date(at).toISOString(), rule, kind, done, cost, agent, session, project ?? '-'];
  return cells.map(printable).join('  ');
}
