import type { Finding, RuleName } from '../../preflight/question.ts';
import type { RuleAction } from '../../settings.ts';
import type { Action, Found } from './found.ts';
import { capRule, coldCache, heavyTask, nearBudget, subagents, thinking } from './rules.ts';
import type { PreflightInput, Spoken } from './rules.ts';

const promptRules = { heavyTask, coldCache, nearBudget, thinking };

/** What the rules find of an event: all of them of a prompt, fan-out of a subagent, caps of every one. Hardest and dearest first. */
export function preflightFindings(input: PreflightInput): readonly Found[] {
  const { preflightRules } = input.settings;
  const found = input.caps.flatMap((cap) => withAction('cap', cap.hard ? 'deny' : 'ask', capRule(cap, input)));
  if (input.event.kind === 'subagent')
    found.push(...withAction('subagents', preflightRules.subagents, subagents(input)));
  if (input.event.kind === 'prompt') {
    for (const name of ['heavyTask', 'coldCache', 'nearBudget', 'thinking'] as const) {
      found.push(...withAction(name, preflightRules[name], promptRules[name](input)));
    }
  }
  return found.toSorted((a, b) => weight(b) - weight(a) || b.usd - a.usd);
}

function withAction(rule: RuleName, action: RuleAction | 'deny', spoken: Spoken | null): Found[] {
  return spoken === null || action === 'silent' ? [] : [{ rule, action, ...spoken }];
}

function weight({ action }: Finding): number {
  return { warn: 0, ask: 1, deny: 2 }[action];
}

/** What is done about all that was found. */
export function actionOf(found: readonly Finding[]): Action {
  return found.toSorted((a, b) => weight(b) - weight(a))[0]?.action ?? 'allow';
}

/** What is left while nobody wants to be asked: hard caps hold always. */
export function hardOnly(found: readonly Found[]): readonly Found[] {
  return found.filter(({ action }) => action === 'deny');
}
