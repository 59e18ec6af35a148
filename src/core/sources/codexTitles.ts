import * as z from 'zod';
import { content, pickTitle } from './titles.ts';
import type { TitlePattern } from './titles.ts';

const userMessage = z.object({ type: z.literal('user_message'), message: z.string() });
const completed = z.object({
  type: z.literal('item_completed'),
  item: z.object({ type: z.literal('UserMessage'), content }),
});
const response = z.object({ type: z.literal('message'), role: z.literal('user'), content });

// What Codex adds to a prompt it records as user messages too, so those come last.
const pattern: TitlePattern = {
  titles: [],
  prompts: [
    { marker: 'user_message', schema: z.object({ payload: userMessage }).transform((l) => l.payload.message) },
    { marker: 'UserMessage', schema: z.object({ payload: completed }).transform((l) => l.payload.item.content) },
    { marker: '"user"', schema: z.object({ payload: response }).transform((l) => l.payload.content) },
  ],
};

/** Codex gives no titles: the first prompt. */
export function codexTitle(lines: readonly string[]): string | null {
  return pickTitle(lines, pattern);
}
