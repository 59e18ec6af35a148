import { commandId, commandTitles } from './commands.ts';
import type { CommandName } from './commands.ts';
import { folderName } from './folderName.ts';
import { formatCount, formatPercent, formatTokens, formatUsd, formatUsdPerHour } from './format.ts';
import { escapeMarkdown } from './markdown.ts';
import type { SessionGlance, Snapshot } from './snapshot.ts';
import { callCount, figure, scanPercent } from './statusText.ts';
import type { Totals } from './totals.ts';
import type { Translate } from './translate.ts';

/** The only commands that a click in the tooltip may run. */
export const tooltipCommands = [
  'showBreakdown',
  'projectMonth',
  'explainNumber',
  'openPricing',
  'showLog',
  'cancelScan',
  'resumeScan',
] as const satisfies readonly CommandName[];

/** A hover is read at a glance; the breakdown has the rest. */
const agentsShown = 6;
const modelsShown = 5;

/** Everything at a glance, in Markdown with theme icons. What comes from records is escaped. `locale` is a BCP 47 tag. */
export function tooltipMarkdown(snapshot: Snapshot | null, locale: string, t: Translate): string {
  if (snapshot === null) return t('Burn Meter is starting');
  const blocks = [
    heading(snapshot, t),
    budgetBlock(snapshot),
    sumsTable(snapshot, t),
    agentsBlock(snapshot, t),
    notesBlock(snapshot, t),
    freshness(snapshot, locale, t),
    '---',
    linkRow(t),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function heading({ host, subscription }: Snapshot, t: Translate): string {
  const parts = [`**${t('Burn Meter')}**`];
  if (host !== '') parts.push(escapeMarkdown(host));
  parts.push(subscription ? t('list value, covered by your subscription') : t('list value'));
  return parts.join(' · ');
}

function budgetBlock({ budget }: Snapshot): string {
  if (budget === null) return '';
  const icon = { ok: '$(check)', warning: '$(warning)', error: '$(error)' }[budget.level];
  return `${icon} ${escapeMarkdown(budget.reason)}`;
}

function sumsTable({ today, session, week, month, burnRate }: Snapshot, t: Translate): string {
  const rows = [sumRow(t('Today'), today, t)];
  if (session !== null) rows.push(sumRow(`${t('This session')} (${sessionName(session)})`, session.totals, t));
  rows.push(sumRow(t('This week'), week, t), sumRow(t('Month to date'), month, t));
  if (burnRate !== null)
    rows.push(`| ${t('Burn rate')} | **${formatUsdPerHour(burnRate)}** | &emsp;${t('last 10 minutes')} |`);
  return ['| | | |', '|:--|--:|--:|', ...rows].join('\n');
}

function sumRow(name: string, totals: Totals, t: Translate): string {
  return `| ${name} | **${figure(totals, t)}** | &emsp;${callCount(totals.calls, t)} |`;
}

function agentsBlock({ active }: Snapshot, t: Translate): string {
  if (active.length === 0) return '';
  const lines = active.slice(0, agentsShown).map((session) => `- ${agentLine(session, t)}`);
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

function sessionName({ agentLabel, project }: SessionGlance): string {
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

function notesBlock(snapshot: Snapshot, t: Translate): string {
  return [...scanNotes(snapshot, t), ...unpricedNotes(snapshot, t), ...recordNotes(snapshot, t)].join('\n\n');
}

function scanNotes({ scan }: Snapshot, t: Translate): string[] {
  if (scan.state === 'idle') return [];
  const done = scanPercent(scan);
  if (scan.state === 'cancelled') {
    return [`$(debug-pause) ${t('Reading stopped at {0}, older calls are missing.', done)} ${link('resumeScan', t)}`];
  }
  const files = t('Reading records: {0} of {1} files', formatCount(scan.filesDone), formatCount(scan.filesTotal));
  return [`$(sync~spin) ${files} (${done}). ${link('cancelScan', t)}`];
}

function unpricedNotes({ month }: Snapshot, t: Translate): string[] {
  const { calls, models } = month.unpriced;
  if (calls === 0) return [];
  const named = models.slice(0, modelsShown).map(escapeMarkdown);
  if (models.length > modelsShown) named.push('…');
  return [`$(question) ${t('Unpriced this month: {0} ({1})', callCount(calls, t), named.join(', '))}`];
}

function recordNotes({ sources, problems }: Snapshot, t: Translate): string[] {
  const notes = sources
    .filter((source) => source.notRecordedUsd > 0)
    .map(({ label, notRecordedUsd }) => {
      const words = t('{0} counted {1} more itself than its call records hold.', label, formatUsd(notRecordedUsd));
      return `$(info) ${escapeMarkdown(words)}`;
    });
  if (problems > 0) {
    const words =
      problems === 1 ? t('1 record could not be read.') : t('{0} records could not be read.', formatCount(problems));
    notes.push(`$(warning) ${words} ${link('showLog', t)}`);
  }
  return notes;
}

function freshness({ at, lastCallAt, timeZone, sources }: Snapshot, locale: string, t: Translate): string {
  if (lastCallAt === null) return t('No call has been recorded on this machine yet.');
  const time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'medium' });
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' });
  const sameDay = day.format(at) === day.format(lastCallAt);
  const last = sameDay ? time.format(lastCallAt) : `${day.format(lastCallAt)} ${time.format(lastCallAt)}`;
  const files = sources.reduce((sum, source) => sum + source.files, 0);
  return t('Last call {0} · {1} record files watched', last, formatCount(files));
}

function linkRow(t: Translate): string {
  const names = ['showBreakdown', 'projectMonth', 'explainNumber', 'openPricing'] as const;
  return names.map((name) => link(name, t)).join(' · ');
}

function link(name: (typeof tooltipCommands)[number], t: Translate): string {
  return `[${t(commandTitles[name])}](command:${commandId(name)})`;
}
