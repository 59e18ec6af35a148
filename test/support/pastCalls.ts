import { usd } from '../../src/core/format.ts';
import type { PastCall } from '../../src/core/forecast/pastCall.ts';
import type { UserTask } from './users.ts';

/** The calls of a made-up person's task as the ledger would know them. */
export function pastCalls(task: UserTask, index: number): PastCall[] {
  return task.calls.map((call) => ({
    at: call.at,
    provider: call.model.startsWith('claude') ? 'anthropic' : 'openai',
    model: call.model,
    tokens: call.tokens,
    speed: 'standard',
    tier: 'standard',
    region: null,
    agent: 'someone',
    session: task.session,
    parentSession: null,
    subagent: call.subagent,
    turn: `t${index}`,
    project: task.project,
    effort: task.effort,
    cost: usd(BigInt(call.pico)),
    thinking: null,
  }));
}
