import { candidates } from '../../pricing/normalise.ts';

// Claude up to 4.5 takes a budget of thinking tokens with each request, Gemini 2.5 too; from Claude 4.6 on, Gemini 3 and
// OpenAI's models know an effort only, seen on the wire of Claude Code 2.1.329 and told by Google's and OpenAI's pages.
const capped = /^(?:claude-(?:3-7-sonnet|(?:sonnet|opus)-4(?:-[0-5])?|haiku-4-5)|gemini-2\.5-[a-z-]+)$/;

/** Whether a model, by its recorded id, lets its thinking be capped in tokens. */
export function takesThinkingCap(model: string): boolean {
  return candidates(model).names.some((name) => capped.test(name));
}
