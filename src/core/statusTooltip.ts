import { commandId, commandTitles } from './commands.ts';
import type { CommandName } from './commands.ts';
import { formatCount, formatUsd, formatUsdPerHour } from './format.ts';
import { escapeMarkdown } from './markdown.ts';
import type { Snapshot } from './snapshot.ts';
import { agentsBlock, quietCacheBlock, sessionName } from './statusSessions.ts';
import { callCount, figure, scanPercent } from './statusText.ts';
import type { Totals } from './totals.ts';
import type { Translate } from './translate.ts';
import { whenText } from './whenText.ts';

/** The only commands that a click in the tooltip may run. */
export const tooltipCommands = [
  'showBreakdown',
  'projectMonth',
  'explainNumber',
  'openPricing',
  'preflightHooks',
  'thinkingSettings',
  'snoozePreflight',
  'showLog',
  'cancelScan',
  'resumeScan',
] as const satisfies readonly CommandName[];

/** A hover is read at a glance; the breakdown has the rest. */
const modelsShown = 5;

/** Where and when it is read. */
export interface TooltipOptions {
  /** A BCP 47 tag. */
  readonly locale: string;
  /** ms since the epoch: the caches' countdowns go on between snapshots. */
  readonly now: number;
}

/** Everything at a glance, in Markdown with theme icons. What comes from records is escaped. */
export function tooltipMarkdown(snapshot: Snapshot | null, { locale, now }: TooltipOptions, t: Translate): string {
  if (snapshot === null) return t('Burn Meter is starting');
  const blocks = [
    heading(snapshot, t),
    budgetBlock(snapshot),
    sumsTable(snapshot, t),
    quietCacheBlock(snapshot, now, t),
    agentsBlock(snapshot, now, t),
    notesBlock(snapshot, t),
    preflightBlock(snapshot, { locale, now }, t),
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

function preflightBlock({ preflight, timeZone }: Snapshot, { locale, now }: TooltipOptions, t: Translate): string {
  const { agents, snoozedUntil } = preflight;
  const [setUp, snooze] = [link('preflightHooks', t, t('Set Up…')), link('snoozePreflight', t, t('Snooze…'))];
  const thinking = link('thinkingSettings', t);
  if (agents.length === 0) return `$(shield) ${[t('Pre-flight: off'), setUp, thinking].join(' · ')}`;
  const named = agents.map(({ label, pending }) =>
    escapeMarkdown(pending ? t('{0} (waiting for your review)', label) : label),
  );
  const parts = [t('Pre-flight: {0}', named.join(', '))];
  if (snoozedUntil > now)
    parts.push(t('snoozed until {0}', whenText(snoozedUntil, now, { locale, timeZone }, 'short')));
  return `$(shield) ${[...parts, setUp, snooze, thinking].join(' · ')}`;
}

function freshness({ at, lastCallAt, timeZone, sources }: Snapshot, locale: string, t: Translate): string {
  if (lastCallAt === null) return t('No call has been recorded on this machine yet.');
  const last = whenText(lastCallAt, at, { locale, timeZone }, 'medium');
  const files = sources.reduce((sum, source) => sum + source.files, 0);
  return t('Last call {0} · {1} record files watched', last, formatCount(files));
}

function linkRow(t: Translate): string {
  const names = ['showBreakdown', 'projectMonth', 'explainNumber', 'openPricing'] as const;
  return names.map((name) => link(name, t)).join(' · ');
}

function link(name: (typeof tooltipCommands)[number], t: Translate, title: string = t(commandTitles[name])): string {
  return `[${title}](command:${commandId(name)})`;
}
