// What the fake provider answers, step by step.
import { randomUUID } from 'node:crypto';
import { tokensOf } from './json.ts';
import type { Lane } from './record.ts';

export interface ToolUse {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One answer: some thinking, some text, some tools, or an error. */
export interface Step {
  readonly thinking?: string;
  readonly text?: string;
  readonly tools?: readonly ToolUse[];
  readonly error?: { readonly status: number; readonly message: string };
}

/** The last step of a lane is repeated. */
export type Script = Readonly<Partial<Record<Lane, readonly Step[]>>>;

export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly thinking: string;
  readonly text: string;
  readonly tools: readonly (ToolUse & { readonly id: string })[];
  /** Tokens; thinking is a part of output. */
  readonly output: number;
  readonly thinkingTokens: number;
}

/** Tokens that a tool's call costs beside its input. */
const toolOverhead = 12;

export function answerOf({ thinking = '', text = '', tools = [] }: Step, model: string): Answer {
  const thinkingTokens = tokensOf(thinking);
  const toolTokens = tools.reduce((sum, tool) => sum + toolOverhead + tokensOf(JSON.stringify(tool.input)), 0);
  return {
    id: newId(),
    model,
    thinking,
    text,
    tools: tools.map((tool) => ({ ...tool, id: newId() })),
    output: Math.max(1, thinkingTokens + tokensOf(text) + toolTokens),
    thinkingTokens,
  };
}

export const newId = (): string => randomUUID().replaceAll('-', '');

/** In pieces, as a stream brings it. */
export function chunks(text: string, size = 40): readonly string[] {
  return text.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
}
