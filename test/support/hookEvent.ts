import type { Outlook } from '../../src/core/forecast/outlook.ts';
import type { HookEvent } from '../../src/core/preflight/event.ts';

/** A prompt of a session as a test wants it. */
export function hookEvent(own: Partial<HookEvent> = {}): HookEvent {
  return {
    kind: 'prompt',
    agent: 'claude',
    session: 's1',
    id: null,
    cwd: '/home/kim/shop',
    model: 'claude-opus-5-5',
    effort: 'high',
    prompt: 'go on',
    text: null,
    maxOutput: null,
    ...own,
  };
}

/** An outlook that no rule minds. */
export function outlook(own: Partial<Outlook> = {}): Outlook {
  return {
    model: 'claude-opus-5-5',
    effort: 'high',
    call: { median: 0.02, p90: 0.05, worst: 2.56 },
    task: { median: 0.1, p90: 0.3 },
    context: 40_000,
    promptTokens: 20,
    cache: { state: 'warm', extra: 0 },
    thinkingP90: 0.1,
    thinkingCapped: false,
    medianTask: 0.1,
    basis: { tasks: 100, like: 'model and effort' },
    reasons: [],
    ...own,
  };
}
