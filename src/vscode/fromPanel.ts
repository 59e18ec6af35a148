import * as z from 'zod';
import type { FromPanel } from '../core/panelProtocol.ts';
import { querySchema } from '../core/query.ts';

const schema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  // An export names a file to write: only the command, which asks the user for it, may do that.
  z.object({
    type: z.literal('query'),
    id: z.int(),
    query: querySchema.refine((query) => query.kind !== 'export'),
  }),
  z.object({ type: z.literal('command'), command: z.enum(['cancelScan', 'resumeScan', 'exportData', 'showLog']) }),
  z.object({ type: z.literal('openRecord'), file: z.string(), line: z.int().nonnegative() }),
]);

/** A message of the webview, or null when it is none that it may send. */
export function parseFromPanel(message: unknown): FromPanel | null {
  const parsed = schema.safeParse(message);
  return parsed.success ? parsed.data : null;
}
