import { formatUsd } from '../format.ts';
import { asSentence } from '../sentence.ts';
import type { HookEvent } from './event.ts';
import type { PreflightQuestion } from './question.ts';

// What the agent shows in place of an answer. It stands outside VS Code, so in English like the agents' own words.

/** The user, or a hard cap, said no. */
export function refusedText({ findings }: PreflightQuestion, by: 'user' | 'cap'): string {
  if (by === 'user') return 'Burn Meter: not sent, as you chose in VS Code.';
  return `Burn Meter refused this. ${reasonsOf(findings.filter(({ action }) => action === 'deny'))}`;
}

/** Nobody could be asked. */
export function heldText(question: PreflightQuestion): string {
  const how: Readonly<Record<HookEvent['kind'], string>> = {
    prompt: 'Send it again to go on.',
    nextCall: 'Write "continue" to go on.',
    subagent: 'Write "continue" to go on.',
  };
  return `Burn Meter held this back. ${askedText(question)} ${how[question.kind]}`;
}

/** For the agent's own question. */
export function askedText({ outlook, findings, kind }: PreflightQuestion): string {
  if (outlook === null) return reasonsOf(findings);
  const [what, { median, p90 }] = kind === 'prompt' ? ['This task', outlook.task] : ['The next call', outlook.call];
  const cost = `${what} may cost about ${formatUsd(median)} (9 in 10 stay below ${formatUsd(p90)}).`;
  return [cost, reasonsOf(findings)].filter((text) => text !== '').join(' ');
}

function reasonsOf(findings: PreflightQuestion['findings']): string {
  return findings.map(({ reason }) => asSentence(reason)).join(' ');
}
