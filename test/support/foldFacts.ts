import { reconcile } from '../../src/core/identity.ts';
import type { Fact, Signal, UsageEvent } from '../../src/core/usage.ts';

export interface Folded {
  /** Each call once. */
  readonly events: readonly UsageEvent[];
  readonly signals: readonly Signal[];
  readonly problems: readonly string[];
}

/** Keeps each call once, as the ledger does: by `reconcile`, group by group. */
export function foldFacts(facts: readonly Fact[]): Folded {
  const groups = new Map<string, UsageEvent[]>();
  for (const fact of facts) {
    if (fact.type !== 'usage') continue;
    const group = groups.get(fact.event.group) ?? [];
    const { keep, drop } = reconcile(group, fact.event);
    const rest = group.filter((event) => !drop.includes(event.id));
    groups.set(fact.event.group, keep ? [...rest, fact.event] : rest);
  }
  return {
    events: [...groups.values()].flat(),
    signals: facts.flatMap((fact) => (fact.type === 'signal' ? [fact.signal] : [])),
    problems: facts.flatMap((fact) => (fact.type === 'problem' ? [fact.reason] : [])),
  };
}
