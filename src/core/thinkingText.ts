import type { ThinkingStatus } from './actions.ts';
import { formatTokens, formatUsd } from './format.ts';
import { tildePath } from './tildePath.ts';
import type { Translate } from './translate.ts';

// What the thinking settings' lists say.

export interface ThinkingRow {
  readonly status: ThinkingStatus;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** One agent in the first list. `home` shortens paths. */
export function thinkingRow(status: ThinkingStatus, home: string, t: Translate): ThinkingRow {
  const { label, lastWeek, setIn } = status;
  const cost = lastWeek === null ? t('cost not known') : t('{0} of thinking in 7 days', formatUsd(lastWeek));
  const place =
    setIn === null
      ? t('Nothing is set: the agent’s default holds')
      : t('Set in {0} ({1})', tildePath(setIn.path, home), setIn.key);
  return { status, label, description: `${stateParts(status, t).join(' · ')} · ${cost}`, detail: place };
}

/** What a row of an agent's second list does. */
export type ThinkingStep =
  | { readonly does: 'setEffort'; readonly effort: string }
  | { readonly does: 'putBack' }
  | { readonly does: 'open'; readonly path: string };

export interface EffortRow {
  readonly step: ThinkingStep;
  readonly label: string;
  readonly description: string;
}

/** Efforts to choose from, lowest first, the present one marked; then the way back and the file itself. */
export function effortRows(status: ThinkingStatus, home: string, t: Translate): readonly EffortRow[] {
  const { efforts, effort: present, canUndo, setIn } = status;
  const rows: EffortRow[] = efforts.map((effort) => {
    const mark = effort === present ? '$(check)' : '$(blank)';
    return {
      step: { does: 'setEffort', effort },
      label: `${mark} ${effort}`,
      description: effort === present ? t('now') : '',
    };
  });
  if (canUndo) {
    const description = t('what was set before Burn Meter changed it');
    rows.push({ step: { does: 'putBack' }, label: `$(discard) ${t('Put Back')}`, description });
  }
  if (setIn !== null) {
    const description = tildePath(setIn.path, home);
    rows.push({ step: { does: 'open', path: setIn.path }, label: `$(go-to-file) ${t('Open the File')}`, description });
  }
  return rows;
}

/** What was done, said once. */
export function effortDoneText(status: ThinkingStatus, home: string, t: Translate): string {
  const { label, effort, setIn } = status;
  if (effort === null) return t('{0} is back at its own default effort.', label);
  if (setIn === null) return t('{0} uses effort {1} from its next session on.', label, effort);
  return t('{0} uses effort {1} from its next session on: {2}.', label, effort, tildePath(setIn.path, home));
}

function stateParts({ on, cap, effort, maxOutput }: ThinkingStatus, t: Translate): string[] {
  const parts: string[] = [];
  if (on === false) parts.push(t('thinking off'));
  else {
    if (on === true) parts.push(t('thinking on'));
    if (cap === 'uncapped') parts.push(t('no cap'));
    else if (cap !== null) parts.push(t('capped at {0} tokens', formatTokens(cap)));
  }
  if (effort !== null) parts.push(t('effort {0}', effort));
  if (maxOutput !== null) parts.push(t('at most {0} tokens a call', formatTokens(maxOutput)));
  return parts.length === 0 ? [t('default')] : parts;
}
