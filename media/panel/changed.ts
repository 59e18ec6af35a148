import type { Snapshot } from '../../src/core/snapshot.ts';

/**
 * Changes whenever a total the panel may show has changed. The agents' call counts are in it because records older than
 * the month add to none of the snapshot's own totals.
 */
export function totalsMark(snapshot: Snapshot): string {
  const { today, week, month, timeZone, problems, sources } = snapshot;
  return JSON.stringify([
    today,
    week,
    month,
    timeZone,
    problems,
    sources.map((s) => [s.agent, s.calls, s.notRecordedUsd]),
  ]);
}
