import * as z from 'zod';
import { content, pickTitle } from './titles.ts';
import type { TitlePattern } from './titles.ts';

const pattern: TitlePattern = {
  titles: [
    {
      marker: 'custom-title',
      schema: z.object({ type: z.literal('custom-title'), customTitle: z.string() }).transform((l) => l.customTitle),
    },
    {
      marker: 'ai-title',
      schema: z.object({ type: z.literal('ai-title'), aiTitle: z.string() }).transform((l) => l.aiTitle),
    },
    {
      marker: 'summary',
      schema: z.object({ type: z.literal('summary'), summary: z.string() }).transform((l) => l.summary),
    },
  ],
  prompts: [
    {
      marker: '"user"',
      schema: z
        .object({ type: z.literal('user'), isMeta: z.literal(false).optional(), message: z.object({ content }) })
        .transform((l) => l.message.content),
    },
  ],
};

/** The title that the user or the client gave, else the first prompt. */
export function claudeTitle(lines: readonly string[]): string | null {
  return pickTitle(lines, pattern);
}
