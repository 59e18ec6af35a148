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

/** No name, folder or model is longer; what is remembered by them must not fill the memory. */
const longest = 4096;

/** An event of which the agent says no more than what is given. */
export function eventOf(known: Pick<HookEvent, 'kind' | 'agent' | 'session'> & Partial<HookEvent>): HookEvent {
  const sane = (text: string | null | undefined): string | null => (text && text.length <= longest ? text : null);
  return {
    prompt: null,
    text: null,
    maxOutput: null,
    ...known,
    session: known.session.slice(0, longest),
    id: sane(known.id),
    cwd: sane(known.cwd),
    model: sane(known.model),
    effort: sane(known.effort),
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

/** The text in a tool's answer, whatever its shape; none where it is nested too deeply to be read. */
export function textIn(value: unknown): string {
  try {
    return flat(value);
  } catch {
    return '';
  }
}

function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(flat).join('\n');
  if (typeof value === 'object' && 'text' in value && typeof value.text === 'string') return value.text;
  return JSON.stringify(value);
}
