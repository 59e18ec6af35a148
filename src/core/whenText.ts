export interface Place {
  /** A BCP 47 tag. */
  readonly locale: string;
  readonly timeZone: string;
}

/** `10:41 AM` on the day of `now`, else `Nov 20, 2026 10:42 AM`; `medium` adds the seconds. Both are ms since the epoch. */
export function whenText(at: number, now: number, { locale, timeZone }: Place, timeStyle: 'short' | 'medium'): string {
  const time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle }).format(at);
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' });
  return day.format(at) === day.format(now) ? time : `${day.format(at)} ${time}`;
}
