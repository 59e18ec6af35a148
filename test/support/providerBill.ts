import * as z from 'zod';
import { readJson } from './expectations.ts';

const usage = z.object({
  input_tokens: z.int(),
  output_tokens: z.int(),
  cache_read_input_tokens: z.int().default(0),
  cache_creation: z
    .object({ ephemeral_5m_input_tokens: z.int(), ephemeral_1h_input_tokens: z.int() })
    .default({ ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 }),
  input_tokens_details: z
    .object({ cached_tokens: z.int(), cache_write_tokens: z.int().default(0) })
    .default({ cached_tokens: 0, cache_write_tokens: 0 }),
});

const entry = z.object({
  model: z.string(),
  billed: z.boolean(),
  message_id: z.string().optional(),
  request_id: z.string().optional(),
  response_id: z.string().optional(),
  usage: usage.optional(),
});

/** What a provider billed for one request, in the words of our records. */
export interface BilledRequest {
  readonly id: string;
  readonly model: string;
  /** Input, cache read, five-minute and one-hour writes, output. */
  readonly tokens: readonly [number, number, number, number, number];
}

/** The fake provider's own ledger beside a real client's records. */
export function providerBill(path: string): readonly BilledRequest[] {
  const { entries } = z.object({ entries: z.array(entry) }).parse(readJson(path));
  return entries.flatMap(({ billed, usage: u, ...e }) => {
    if (!billed || u === undefined) return [];
    const { cached_tokens: cached, cache_write_tokens: written } = u.input_tokens_details;
    const split = u.cache_creation;
    const reads = cached + u.cache_read_input_tokens;
    const writes = written + split.ephemeral_5m_input_tokens;
    const input = u.input_tokens - cached - written;
    const id = e.message_id === undefined ? `codex:${e.response_id}` : `claude:${e.message_id}:${e.request_id}`;
    return [{ id, model: e.model, tokens: [input, reads, writes, split.ephemeral_1h_input_tokens, u.output_tokens] }];
  });
}
