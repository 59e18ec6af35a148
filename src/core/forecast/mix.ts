/** One kind of task in a mix: its share of all tasks (0–1) and what one costs in USD. */
export interface MixClass {
  readonly share: number;
  readonly cost: number;
}

export interface Mix {
  /** USD of an average task. */
  readonly perTask: number;
  /** Each class's share of the spend, in the order given; zeros where nothing is spent. */
  readonly spendShares: readonly number[];
}

/** What a mix of tasks costs on average, and which of them carry it: a few heavy ones weigh more than their number. */
export function mixOf(classes: readonly MixClass[]): Mix {
  const perTask = classes.reduce((sum, c) => sum + c.share * c.cost, 0);
  return { perTask, spendShares: classes.map((c) => (perTask === 0 ? 0 : (c.share * c.cost) / perTask)) };
}

/** USD per day and per month of 30 days at a steady pace. */
export function runRate(tasksPerDay: number, perTask: number): { readonly perDay: number; readonly perMonth: number } {
  return { perDay: tasksPerDay * perTask, perMonth: tasksPerDay * perTask * 30 };
}

/** Tiers by tasks per active day: hobby below 30, team above 300. */
export function tierOf(tasksPerDay: number): 'hobby' | 'builder' | 'team' {
  if (tasksPerDay < 30) return 'hobby';
  return tasksPerDay > 300 ? 'team' : 'builder';
}
