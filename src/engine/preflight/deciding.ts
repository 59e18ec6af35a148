import type { HookAdapter } from '../../core/hooks/adapter.ts';
import type { HookDecision, HookEvent } from '../../core/preflight/event.ts';
import type { PreflightQuestion } from '../../core/preflight/question.ts';
import { askedText, heldText, refusedText } from '../../core/preflight/refusal.ts';
import type { Asking } from './asking.ts';
import type { BlockOnce } from './blockOnce.ts';
import type { Judge, Judgement } from './judgement.ts';

export interface DecidingParts {
  readonly judge: Judge;
  readonly asking: Asking;
  readonly blockOnce: BlockOnce;
  /** Says what is only warned of, and what a cap refused. */
  readonly advise: (question: PreflightQuestion) => void;
  /** Whether any window of VS Code is in front of the user. */
  readonly canAsk: () => boolean;
  /** Milliseconds the judge may take. */
  readonly judgeMs: number;
}

const allow: HookDecision = { kind: 'allow' };

/** Decides one event within `limit` ms, or for nobody when `signal` is aborted. Rejects when the judge fails or takes too long. */
export async function decide(
  event: HookEvent,
  adapter: HookAdapter,
  limit: number,
  signal: AbortSignal,
  parts: DecidingParts,
): Promise<HookDecision> {
  const { judge, asking, blockOnce, advise } = parts;
  const judged = await within(parts.judgeMs, async () => judge.judge(event));
  const question = questionOf(event, adapter, judged);
  switch (judged.action) {
    case 'allow':
      return allow;
    case 'warn':
      advise(question);
      return allow;
    case 'deny':
      advise(question);
      return { kind: 'deny', reason: refusedText(question, 'cap'), stop: true };
    case 'ask':
      break;
  }
  if (adapter.asks.includes(event.kind)) {
    judge.leave(event);
    return { kind: 'ask', reason: `Burn Meter: ${askedText(question)}` };
  }
  // Where the agent gave up nothing was said or chosen: what is sent again is asked about again.
  if (signal.aborted) return allow;
  if (parts.canAsk()) {
    const choice = await asking.ask(question, limit, signal);
    if (signal.aborted) return allow;
    judge.choose(event, choice);
    return choice === 'dontSend'
      ? { kind: 'deny', reason: refusedText(question, 'user'), stop: event.kind === 'nextCall' }
      : allow;
  }
  if (blockOnce.passes(event)) {
    judge.choose(event, 'send');
    return allow;
  }
  blockOnce.block(event);
  return { kind: 'deny', reason: heldText(question), stop: event.kind !== 'prompt' };
}

function questionOf(event: HookEvent, adapter: HookAdapter, judged: Judgement): PreflightQuestion {
  return {
    agentLabel: adapter.label,
    kind: event.kind,
    session: event.session,
    project: judged.project,
    outlook: judged.outlook,
    findings: judged.findings,
    prompt: adapter.keepsPrompt ? null : event.prompt,
  };
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let patience: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error('the judge took too long')), ms);
  });
  try {
    return await Promise.race([work(), tooLong]);
  } finally {
    clearTimeout(patience);
  }
}
