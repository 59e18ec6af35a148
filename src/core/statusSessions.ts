import { cacheText } from './cacheCountdown.ts';
import { folderName } from './folderName.ts';
import { formatCount, formatPercent, formatTokens, formatUsd } from './format.ts';
import { escapeMarkdown } from './markdown.ts';
import type { SessionGlance, Snapshot } from './snapshot.ts';
import { figure } from './statusText.ts';
import type { Translate } from './translate.ts';

// The sessions in the status bar's tooltip, in Markdown with theme icons.

/** A hover is read at a glance; the breakdown has the rest. */
const agentsShown = 6;

/** The cache of a leading session that is not at work any more: it may outlive the last sign of life by far. */
export function quietCacheBlock({ session, active }: Snapshot, now: number, t: Translate): string {
  if (session === null || active.some((shown) => isSameSession(shown, session))) return '';
  const text = cacheText(session, now, t);
  return text === '' ? '' : `$(watch) ${sessionName(session)}: ${text}`;
}

function isSameSession(a: SessionGlance, b: SessionGlance): boolean {
  return a.agent === b.agent && a.session === b.session;
}

/** The agents at work now, each with what its next call means. */
export function agentsBlock({ active }: Snapshot, now: number, t: Translate): string {
  if (active.length === 0) return '';
  const lines = active.slice(0, agentsShown).map((session) => `- ${agentLine(session, t)}${nextLine(session, now, t)}`);
  const rest = active.length - agentsShown;
  if (rest > 0) lines.push(`- ${t('{0} more', formatCount(rest))}`);
  return [t('Active now'), '', ...lines].join('\n');
}

function agentLine(session: SessionGlance, t: Translate): string {
  const { model, effort, contextTokens, contextWindow, state, totals } = session;
  const parts = [sessionName(session)];
  if (model !== null) parts.push(escapeMarkdown(effort === null ? model : `${model} ${effort}`));
  parts.push(contextText(contextTokens, contextWindow, t), figure(totals, t), stateText(state, t));
  return parts.join(' · ');
}

/** What its next call costs, or the one in flight, as a line of the same list item; '' when nothing is known. */
function nextLine(session: SessionGlance, now: number, t: Translate): string {
  const { inFlight } = session;
  if (inFlight !== null) {
    const [median, p90] = [formatUsd(inFlight.median), formatUsd(inFlight.p90)];
    return `  \n  $(arrow-up) ${t('in flight: about {0}, 9 in 10 stay below {1}', median, p90)}`;
  }
  const text = cacheText(session, now, t);
  return text === '' ? '' : `  \n  $(watch) ${text}`;
}

/** Agent and project, escaped. */
export function sessionName({ agentLabel, project }: SessionGlance): string {
  return escapeMarkdown(project === null ? agentLabel : `${agentLabel}, ${folderName(project)}`);
}

function contextText(tokens: number, window: number | null, t: Translate): string {
  if (window === null || window <= 0) return t('{0} context', formatTokens(tokens));
  return t('{0} of {1} context ({2})', formatTokens(tokens), formatTokens(window), formatPercent(tokens / window));
}

function stateText(state: SessionGlance['state'], t: Translate): string {
  const words = {
    'waiting for model': t('waiting for the model'),
    'tool or approval': t('running a tool or asking you'),
    'waiting for you': t('waiting for you'),
    stale: t('quiet'),
  };
  return words[state];
}
