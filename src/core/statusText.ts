import { clockText, nearCountdown, spokenClock } from './cacheCountdown.ts';
import { formatCount, formatPercent, formatUsd, formatUsdPerHour } from './format.ts';
import type { Settings } from './settings.ts';
import type { Scan, Snapshot } from './snapshot.ts';
import { isUnpriced } from './totals.ts';
import type { Totals } from './totals.ts';
import type { Translate } from './translate.ts';

/** All that the status bar item shows beside its tooltip. */
export interface StatusView {
  readonly text: string;
  /** For screen readers, in words. */
  readonly label: string;
  /** VS Code's own backgrounds; only the daily budget sets one. */
  readonly background: 'warning' | 'error' | null;
}

export interface StatusOptions {
  readonly leading: Settings['leadingFigure'];
  /** Whether the last turn's sum takes the place of the running figures for the moment. */
  readonly turn: boolean;
  /** ms since the epoch: the cache's countdown goes on between snapshots. */
  readonly now: number;
}

/** A turn is news for so long after its end, ms; older ones turn up while records are read for the first time. */
const turnNewsMs = 60_000;

/** The item as a function of what is known; null before the engine's first word. */
export function statusView(snapshot: Snapshot | null, options: StatusOptions, t: Translate): StatusView {
  if (snapshot === null) {
    return { text: '$(sync~spin) Burn Meter', label: t('Burn Meter is starting'), background: null };
  }
  const icon = snapshot.scan.state === 'scanning' ? '$(sync~spin)' : '$(flame)';
  const { budget } = snapshot;
  return {
    text: `${icon} ${statusParts(snapshot, options, t).join(' · ')}`,
    label: `${t('Burn Meter')}: ${spokenParts(snapshot, options, t).join(', ')}`,
    background: budget === null || budget.level === 'ok' ? null : budget.level,
  };
}

/** Whether a turn came to its end just now between two snapshots. */
export function turnEnded(before: Snapshot | null, after: Snapshot): boolean {
  const [old, turn] = [before?.lastTurn ?? null, after.lastTurn];
  if (before === null || turn === null || after.at - turn.at > turnNewsMs) return false;
  return old === null || turn.at > old.at || (turn.at === old.at && turn.session !== old.session);
}

/** How much of the records has been read, as `42%`; never 100 % before it is done. */
export function scanPercent(scan: Scan): string {
  const share = scan.bytesTotal > 0 ? scan.bytesDone / scan.bytesTotal : 0;
  return formatPercent(Math.min(share, 0.99));
}

/** `1 call` or `12 calls`. */
export function callCount(calls: number, t: Translate): string {
  return calls === 1 ? t('1 call') : t('{0} calls', formatCount(calls));
}

/** List value of a set of calls; one that holds none but unpriced calls has no figure at all. */
export function figure(totals: Totals, t: Translate): string {
  return isUnpriced(totals) ? t('unpriced') : formatUsd(totals.listCost);
}

function statusParts(snapshot: Snapshot, options: StatusOptions, t: Translate): string[] {
  const { scan, lastTurn } = snapshot;
  if (options.turn && lastTurn !== null) return [`+${formatUsd(lastTurn.listCost)}`, callCount(lastTurn.calls, t)];
  const second = secondPart(snapshot, options.now, t);
  if (snapshot.lastCallAt === null) return [scan.state === 'scanning' ? t('scanning') : t('no calls yet'), ...second];
  return [leadingText(leadingTotals(snapshot, options.leading), snapshot.subscription, t), ...second];
}

/** The one thing beside the leading figure: what matters most at this moment. */
function secondPart({ scan, session, burnRate }: Snapshot, now: number, t: Translate): string[] {
  if (scan.state === 'scanning') return [scanPercent(scan)];
  const inFlight = session?.inFlight ?? null;
  if (inFlight !== null) return [t('{0} in flight', aboutUsd(inFlight.median))];
  const countdown = nearCountdown(session, now);
  if (countdown !== null) return [`$(watch) ${clockText(countdown.remaining)} +${formatUsd(countdown.extra)}`];
  return burnRate === null ? [] : [formatUsdPerHour(burnRate)];
}

/** `~$0.40`; what is too little for an estimate reads `<$0.01`. */
function aboutUsd(value: number): string {
  const text = formatUsd(value);
  return text.startsWith('<') ? text : `~${text}`;
}

function leadingText(totals: Totals, subscription: boolean, t: Translate): string {
  const text = figure(totals, t);
  return subscription ? t('{0} value', text) : text;
}

function spokenParts(snapshot: Snapshot, options: StatusOptions, t: Translate): string[] {
  const { scan, lastTurn, burnRate, budget, lastCallAt, session } = snapshot;
  const said: string[] = [];
  if (options.turn && lastTurn !== null) {
    said.push(t('last turn {0} for {1}', formatUsd(lastTurn.listCost), callCount(lastTurn.calls, t)));
  }
  if (lastCallAt === null) said.push(t('no calls yet'));
  else said.push(spokenFigure(snapshot, options.leading, t));
  const inFlight = session?.inFlight ?? null;
  if (inFlight !== null) said.push(t('a call of about {0} in flight', formatUsd(inFlight.median)));
  const countdown = nearCountdown(session, options.now);
  if (countdown !== null) {
    const left = spokenClock(countdown.remaining, t);
    said.push(t('reply within {0} or the next turn costs {1} more', left, formatUsd(countdown.extra)));
  }
  if (burnRate !== null) said.push(t('burning {0} per hour', formatUsd(burnRate)));
  if (scan.state === 'scanning') said.push(t('reading records, {0} done', scanPercent(scan)));
  if (budget !== null && budget.level !== 'ok') said.push(budget.reason);
  return said;
}

function spokenFigure(snapshot: Snapshot, leading: Settings['leadingFigure'], t: Translate): string {
  const text = leadingText(leadingTotals(snapshot, leading), snapshot.subscription, t);
  if (leading === 'session' && snapshot.session !== null) return t('{0} this session', text);
  if (leading === 'week') return t('{0} this week', text);
  return leading === 'month' ? t('{0} this month', text) : t('{0} today', text);
}

function leadingTotals(snapshot: Snapshot, leading: Settings['leadingFigure']): Totals {
  if (leading === 'session') return snapshot.session?.totals ?? snapshot.today;
  return snapshot[leading];
}
