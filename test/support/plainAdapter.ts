import type { HookAdapter } from '../../src/core/hooks/adapter.ts';
import type { HookEvent } from '../../src/core/preflight/event.ts';
import type { Judgement } from '../../src/engine/preflight/judgement.ts';
import { hookEvent } from './hookEvent.ts';

/** A prompt of an agent that is none. */
export function owlEvent(own: Partial<HookEvent> = {}): HookEvent {
  return hookEvent({ agent: 'owl', cwd: null, model: null, effort: null, prompt: 'hoot', text: 'hoot', ...own });
}

/** An agent whose hooks send the event itself and take the decision as it is. */
export function plainAdapter(own: Partial<HookAdapter> = {}): HookAdapter {
  return {
    id: 'owl',
    label: 'Owl',
    traces: () => [],
    files: () => [],
    pending: () => null,
    read: (_, payload) =>
      typeof payload === 'object' && payload !== null && 'kind' in payload
        ? owlEvent(payload as Partial<HookEvent>)
        : null,
    reply: (_, decision) => (decision.kind === 'allow' ? '' : JSON.stringify(decision)),
    timeout: 120,
    asks: [],
    keepsPrompt: false,
    verified: true,
    ...own,
  };
}

export function judgement(action: Judgement['action'], reason = 'Dear.'): Judgement {
  const findings = action === 'allow' ? [] : [{ rule: 'heavyTask' as const, action, reason }];
  return { action, findings, outlook: null, project: '/home/kim/shop' };
}
