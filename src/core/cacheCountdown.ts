import { formatDuration, formatUsd } from './format.ts';
import type { SessionGlance, Snapshot } from './snapshot.ts';
import type { Translate } from './translate.ts';

// How long a session's prompts stay cached while it waits for the user. Times are ms since the epoch, spans ms.

/** From so long before the end the countdown is worth a place in the status bar. */
const nearMs = 240_000;
/** Every update of the item makes an open tooltip blink: seconds are counted in steps. */
const stepMs = 10_000;
/** What the end must cost to be worth a place in the status bar, USD. */
const leastExtra = 0.05;
/** Below it a figure would read as nothing, USD. */
const leastShown = 0.005;

export interface Countdown {
  readonly remaining: number;
  /** What the next turn costs more once the time is over, USD. */
  readonly extra: number;
}

/** The countdown that belongs into the status bar; null when there is none, or its end is far or cheap. */
export function nearCountdown(session: SessionGlance | null, now: number): Countdown | null {
  const countdown = countdownOf(session, now);
  if (countdown === null || countdown.remaining <= 0 || countdown.remaining > nearMs) return null;
  return countdown.extra >= leastExtra ? countdown : null;
}

/** `3:40`, in steps of ten seconds and never more than is left; `<0:10` at the end. */
export function clockText(remaining: number): string {
  if (remaining < stepMs) return '<0:10';
  const seconds = Math.floor(remaining / stepMs) * (stepMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** For screen readers: `3 minutes 40 seconds`. */
export function spokenClock(remaining: number, t: Translate): string {
  const seconds = Math.max(1, Math.floor(remaining / stepMs)) * (stepMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const parts: string[] = [];
  if (minutes > 0) parts.push(minutes === 1 ? t('1 minute') : t('{0} minutes', minutes));
  if (seconds % 60 > 0) parts.push(t('{0} seconds', seconds % 60));
  return parts.join(' ');
}

/** What a session's cache means for the next turn, in one sentence; '' when it means nothing that counts. */
export function cacheText(session: SessionGlance, now: number, t: Translate): string {
  const countdown = countdownOf(session, now);
  if (countdown === null || countdown.extra < leastShown) return '';
  const { remaining, extra } = countdown;
  if (remaining <= 0) return t('cache cold: the next turn costs +{0}', formatUsd(extra));
  const left = remaining > nearMs ? formatDuration(Math.floor(remaining / 60_000) * 60_000) : clockText(remaining);
  return t('reply within {0} or the next turn costs +{1}', left, formatUsd(extra));
}

/** When one of the countdowns on show reads differently though nothing happens; null when none will. */
export function nextTick({ session, active }: Snapshot, now: number): number | null {
  const ticks = [...active, ...(session === null ? [] : [session])].flatMap((shown) => {
    const countdown = countdownOf(shown, now);
    if (countdown === null || countdown.remaining <= 0 || countdown.extra < leastShown) return [];
    const { remaining } = countdown;
    // A far end is counted in minutes, and a snapshot comes every minute.
    if (remaining > nearMs) return [now + remaining - nearMs];
    const over = remaining % stepMs;
    // The figure changes just below a whole step, and once more when nothing is left.
    return [now + (remaining < stepMs ? remaining : over + 1)];
  });
  return ticks.length === 0 ? null : Math.min(...ticks);
}

/** Null while the session is at work: each of its calls gives the cache a new life. */
function countdownOf(session: SessionGlance | null, now: number): Countdown | null {
  if (session === null || session.cache === null) return null;
  if (session.state !== 'waiting for you' && session.state !== 'stale') return null;
  return { remaining: session.cache.until - now, extra: session.cache.extra };
}
