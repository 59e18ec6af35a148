import { formatTokens, formatUsd, usd } from '../format.ts';
import type { NextCall } from './nextCall.ts';
import type { Outlook } from './outlook.ts';

/** Of what a request reads: `148k context, cache cold for 72 min (+$0.55)`. */
export function contextReason({ context, prompt, isNewThread, isUsualContext }: NextCall): string {
  if (isUsualContext) return `a new session, ${formatTokens(context)} context taken as usual`;
  const size = `${formatTokens(context)} context`;
  if (isNewThread) return `${size} of a new session`;
  if (prompt.state === 'none') return `${size}, not cached`;
  return `${size}, ${prompt.lost === null ? 'cache warm' : `${prompt.lost} (+${formatUsd(usd(prompt.extra))})`}`;
}

/** Of what it writes: `an answer of 4k tokens, as long as nine in ten of yours`. */
export function answerReason({ answer }: NextCall): string {
  return `an answer of ${formatTokens(answer.p90)} tokens, as ${answer.isOwn ? 'long as nine in ten of yours' : 'usual'}`;
}

export interface Grounds extends Pick<Outlook, 'effort' | 'thinkingCapped' | 'basis'> {
  readonly next: NextCall;
  readonly isModelGuessed: boolean;
}

/** What speaks for an outlook, dearest first, for people. */
export function outlookReasons(grounds: Grounds): readonly string[] {
  const { next, basis, isModelGuessed } = grounds;
  const guess = isModelGuessed ? [`model not told, taken for ${next.model}`] : [];
  return [contextReason(next), ...thinkingReason(grounds), ...guess, basisReason(basis)];
}

function thinkingReason({ effort, thinkingCapped }: Grounds): readonly string[] {
  const parts = [
    ...(effort === null ? [] : [`effort ${effort}`]),
    ...(thinkingCapped === false ? ['no thinking cap'] : []),
  ];
  return parts.length === 0 ? [] : [parts.join(', ')];
}

const kinds: Readonly<Record<Exclude<Outlook['basis']['like'], 'none'>, string>> = {
  'model and effort': ' with this model and effort',
  model: ' with this model',
  any: '',
};

function basisReason({ tasks, like }: Outlook['basis']): string {
  if (like === 'none') return 'no tasks of yours to go by yet';
  return `by ${tasks} ${tasks === 1 ? 'task' : 'tasks'} of yours${kinds[like]}`;
}
