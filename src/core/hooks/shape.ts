import * as z from 'zod';
import type { HookDecision, HookEvent } from '../preflight/event.ts';

/** Seconds that agents are told to wait for an answer, where they can be told: long enough for a person to decide. */
export const patience = 120;

/** A field that only describes: when it is not the text it should be, the event is still good. */
export const label = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => text || null);

/** An event of which the agent says no more than what is given. */
export function eventOf(known: Pick<HookEvent, 'kind' | 'agent' | 'session'> & Partial<HookEvent>): HookEvent {
  return {
    id: null,
    cwd: null,
    model: null,
    effort: null,
    prompt: null,
    text: null,
    maxOutput: null,
    isWhole: false,
    ...known,
  };
}

/** A prompt, which is also all that is known to join the context with it. */
export function promptOf(prompt: string): Pick<HookEvent, 'kind' | 'prompt' | 'text'> {
  return { kind: 'prompt', prompt, text: prompt };
}

/** What is printed for anything but a yes; a yes is never a word, since some agents show whatever a hook prints. */
export function unlessAllowed(
  decision: HookDecision,
  answer: (held: Exclude<HookDecision, { kind: 'allow' }>) => Record<string, unknown>,
): string {
  return decision.kind === 'allow' ? '' : JSON.stringify(answer(decision));
}

/** The text in a tool's answer, whatever its shape. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textIn).join('\n');
  if (typeof value === 'object' && 'text' in value && typeof value.text === 'string') return value.text;
  return JSON.stringify(value);
}

/** Whether a value of a settings file is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
