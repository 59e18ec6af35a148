import type { HookStatus } from './actions.ts';
import { tildePath } from './tildePath.ts';
import type { Translate } from './translate.ts';

// What the set-up of pre-flight prompts says about each agent.

/** A row of the set-up's list. */
export interface HookRow {
  readonly status: HookStatus;
  /** What picking it does; null where there is nothing to do. */
  readonly turnsOn: boolean | null;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** Rows in the order of the list: agents on this machine first. `home` shortens paths. */
export function hookRows(statuses: readonly HookStatus[], home: string, t: Translate): readonly HookRow[] {
  const byUse = [...statuses].toSorted((a, b) => rank(a) - rank(b));
  return byUse.flatMap((status) => {
    const detail = filesText(status, home, t);
    const row = (turnsOn: boolean | null, label: string): HookRow => {
      return { status, turnsOn, label, description: stateText(status, t), detail };
    };
    const { label, state, found } = status;
    if (state === 'on' || state === 'pending') return [row(false, `$(pass-filled) ${label}`)];
    if (state === 'changed') {
      return [
        row(true, `$(warning) ${t('{0}: put back', label)}`),
        row(false, `$(warning) ${t('{0}: remove', label)}`),
      ];
    }
    return [row(found ? true : null, `$(${found ? 'circle-large-outline' : 'circle-slash'}) ${label}`)];
  });
}

/** What was done, and what is left to do. */
export function hooksDoneText(status: HookStatus, home: string, t: Translate): string {
  const { label, state, note } = status;
  const files = status.files.map((path) => tildePath(path, home)).join(', ');
  if (state === 'off') return t('{0} asks no more before heavy prompts. Removed from {1}.', label, files);
  if (state === 'pending') return t('Set up for {0} in {1}, and {2}.', label, files, note ?? t('waiting'));
  if (state === 'changed')
    return t('{0} is not set up: {1}.', label, note ?? t('its files were changed by someone else'));
  return t('{0} asks before heavy prompts from its next session on. Added to {1}.', label, files);
}

function rank({ found, state }: HookStatus): number {
  if (state !== 'off') return 0;
  return found ? 1 : 2;
}

function stateText({ state, note, found, verified }: HookStatus, t: Translate): string {
  const words = {
    off: found ? t('off') : t('not found on this machine'),
    on: t('on'),
    pending: note ?? t('waiting'),
    changed: note ?? t('changed by someone else'),
  };
  if (verified || !found) return words[state];
  return `${words[state]} · ${t('as its manual says, not tried with the agent itself')}`;
}

function filesText({ state, files, found }: HookStatus, home: string, t: Translate): string {
  const named = files.map((path) => tildePath(path, home)).join(', ');
  if (state === 'changed') return named;
  if (state !== 'off') return t('Pick to remove it again from {0}', named);
  return found ? t('Pick to add it to {0}', named) : named;
}
