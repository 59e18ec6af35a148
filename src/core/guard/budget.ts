import { formatPercent, formatUsd } from '../format.ts';
import type { Settings } from '../settings.ts';
import type { Verdict } from './verdict.ts';

/** Judges a day's list value (USD) against the daily budget; null when there is no budget. */
export function budgetVerdict(
  spent: number,
  { dailyBudget, dailyBudgetWarnAt }: Pick<Settings, 'dailyBudget' | 'dailyBudgetWarnAt'>,
): Verdict | null {
  if (dailyBudget <= 0) return null;
  const of = `${formatUsd(spent)} of today's ${formatUsd(dailyBudget)} budget`;
  if (spent > dailyBudget) {
    return { level: 'error', reason: `Over budget by ${formatUsd(spent - dailyBudget)}: ${of}.` };
  }
  const reason = `${formatPercent(spent / dailyBudget)} used: ${of}.`;
  return { level: spent >= dailyBudget * dailyBudgetWarnAt ? 'warning' : 'ok', reason };
}
