import type { Verdict } from './guard/verdict.ts';
import { dayKey } from './period.ts';
import type { Snapshot } from './snapshot.ts';

export interface BudgetNews {
  readonly verdict: Verdict;
  /** To be remembered, so that the same is not said twice: `2026-11-21 warning`. */
  readonly said: string;
}

/** What is new about the daily budget since `said`: nearing it and passing it are each worth one word a day. */
export function budgetNews(snapshot: Snapshot, said: string | undefined): BudgetNews | null {
  const verdict = snapshot.budget;
  if (verdict === null || verdict.level === 'ok') return null;
  // While records are still being read a sum may only grow: past the budget is certain, near it is not.
  if (snapshot.scan.state === 'scanning' && verdict.level !== 'error') return null;
  const day = dayKey(snapshot.at, snapshot.timeZone);
  if (said === `${day} error` || said === `${day} ${verdict.level}`) return null;
  return { verdict, said: `${day} ${verdict.level}` };
}
