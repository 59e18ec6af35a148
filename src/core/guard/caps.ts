import { formatUsd } from '../format.ts';
import type { Cap } from '../settings.ts';

/** What a cap sums up. */
export type CapScope = 'session' | 'day' | 'month';

/** One cap that holds for a call. */
export interface CapRule {
  readonly scope: CapScope;
  /** The folder whose projects it sums, `*` for all; a session's cap sums that session wherever it was set. */
  readonly folder: string;
  /** USD list value. */
  readonly cap: number;
  readonly hard: boolean;
}

export interface CapState extends CapRule {
  /** USD list value so far. */
  readonly spent: number;
}

type Caps = Readonly<Record<string, Cap>>;

/** The caps' name for all projects together. */
export const everywhere = '*';
const scopes: readonly CapScope[] = ['session', 'day', 'month'];

/**
 * The caps that hold for a call in a project (absolute path of its root, null when it is not known): those for all, and
 * those of every folder around it, the nearest last. Of a day and a month all hold, as they sum different things; of a
 * session the nearest one does.
 */
export function capsFor(caps: Caps, project: string | null): readonly CapRule[] {
  const rules = [everywhere, ...foldersAround(caps, project)].flatMap((folder) => rulesOf(folder, caps[folder]));
  const session = rules.findLast(({ scope }) => scope === 'session');
  return rules.filter((rule) => rule.scope !== 'session' || rule === session);
}

/** Whether any cap refuses rather than asks. */
export function hasHardCap(caps: Caps): boolean {
  return Object.entries(caps).some(([folder, cap]) => rulesOf(folder, cap).some(({ hard }) => hard));
}

function rulesOf(folder: string, cap: Cap | undefined): readonly CapRule[] {
  return scopes.flatMap((scope) => {
    const limit = cap?.[scope];
    return limit === undefined ? [] : [{ scope, folder, cap: limit, hard: cap?.hard === true }];
  });
}

function foldersAround(caps: Caps, project: string | null): readonly string[] {
  if (project === null) return [];
  const around = Object.keys(caps).filter((folder) => folder !== everywhere && isWithin(project, folder));
  return around.toSorted((a, b) => steps(a).length - steps(b).length);
}

/** Whether a path is a folder or lies in it; in the paths' own style, upper and lower case alike on Windows. */
export function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [steps(path), steps(folder)];
  return outer.length <= inner.length && outer.every((step, index) => step === inner[index]);
}

function steps(path: string): readonly string[] {
  const onWindows = /^[A-Za-z]:|^\\\\/.test(path);
  const parts = onWindows ? path.toLowerCase().split(/[\\/]+/) : path.split(/\/+/);
  return parts.filter((part) => part !== '');
}

/** What is thought to come on top of what is spent, in USD; 0 when it is not known. */
export interface Ahead {
  /** The next call alone. */
  readonly call: number;
  /** The whole task. */
  readonly task: number;
}

/**
 * A soft cap speaks when it is reached or the task would likely pass it. A hard one refuses when it is reached or the
 * next call would likelier than not pass it: a cap is what may not be passed, and a call that runs cannot be undone.
 */
export function isPassed({ cap, spent, hard }: CapState, ahead: Ahead): boolean {
  return spent >= cap || spent + (hard ? ahead.call : ahead.task) > cap;
}

/** What a cap says, in words for the user. */
export function capReason(state: CapState, ahead: Ahead): string {
  const { cap, spent, hard } = state;
  const name = hard ? 'Hard cap' : 'Cap';
  const raise = hard ? ' To go on, raise it in burnMeter.caps.' : '';
  if (spent >= cap) return `${name} of ${formatUsd(cap)} reached: ${formatUsd(spent)} spent ${where(state)}.${raise}`;
  const more = hard ? ahead.call : ahead.task;
  const next = more === 0 ? '' : `, and ${hard ? 'this call' : 'this task'} may cost ${formatUsd(more)}`;
  return `${name}: ${formatUsd(spent)} of ${formatUsd(cap)} spent ${where(state)}${next}.${raise}`;
}

function where({ scope, folder }: CapState): string {
  if (scope === 'session') return 'in this session';
  const when = scope === 'day' ? 'today' : 'this month';
  return folder === everywhere ? when : `${when} in ${folder}`;
}
