import type { Outlook } from '../../src/core/forecast/outlook.ts';
import type { Finding, PreflightQuestion } from '../../src/core/preflight/question.ts';

export function outlookOf(more: Partial<Outlook> = {}): Outlook {
  return {
    model: 'claude-opus-5-5',
    effort: 'high',
    call: { median: 0.9, p90: 1.7, worst: 3.46 },
    task: { median: 4.2, p90: 9.8 },
    context: 148_000,
    promptTokens: 220,
    cache: { state: 'cold', extra: 0.55 },
    thinkingP90: 0.4,
    thinkingCapped: false,
    medianTask: 0.6,
    basis: { tasks: 42, like: 'model and effort' },
    reasons: [
      '148k context, cache cold for 72 min (+$0.55)',
      'effort high, no thinking cap',
      'by 42 tasks of yours with this model and effort',
    ],
    ...more,
  };
}

export function findingOf(more: Partial<Finding> = {}): Finding {
  return { rule: 'heavyTask', action: 'ask', reason: 'The task may pass $2.00', ...more };
}

export function questionOf(more: Partial<PreflightQuestion> = {}): PreflightQuestion {
  return {
    agentLabel: 'Claude Code',
    kind: 'prompt',
    session: 's1',
    project: '/home/dev/shop',
    outlook: outlookOf(),
    findings: [findingOf()],
    prompt: null,
    ...more,
  };
}
