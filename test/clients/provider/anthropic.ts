// Anthropic Messages: the answer as a stream of events, or whole.
import { chunks } from './script.ts';
import type { Answer } from './script.ts';
import type { Bill } from './record.ts';

type Content = Readonly<Record<string, unknown>> & { readonly type: string };
/** The name of an event and what it carries. */
type Named = readonly [string, Readonly<Record<string, unknown>>];

/** Some models send the thinking's signature only. */
export interface AnthropicOptions {
  readonly thinkingOmitted: boolean;
}

export function anthropicWhole(answer: Answer, bill: Bill, options: AnthropicOptions): unknown {
  const content = contentOf(answer, options);
  return { ...messageOf(answer), content, stop_reason: stopReason(answer), usage: usageOf(bill, bill.output) };
}

export function* anthropicStream(answer: Answer, bill: Bill, options: AnthropicOptions): Generator<string> {
  for (const [event, data] of eventsOf(answer, bill, options)) {
    yield `event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`;
  }
}

function* eventsOf(answer: Answer, bill: Bill, options: AnthropicOptions): Generator<Named> {
  const message = { ...messageOf(answer), content: [], stop_reason: null, usage: usageOf(bill, 1) };
  yield ['message_start', { message }];
  for (const [index, block] of contentOf(answer, options).entries()) {
    yield ['content_block_start', { index, content_block: emptied(block) }];
    for (const delta of deltasOf(block)) yield ['content_block_delta', { index, delta }];
    yield ['content_block_stop', { index }];
  }
  const delta = { stop_reason: stopReason(answer), stop_sequence: null };
  yield ['message_delta', { delta, usage: usageOf(bill, bill.output) }];
  yield ['message_stop', {}];
}

const messageOf = ({ id, model }: Answer) => ({
  id: `msg_${id}`,
  type: 'message',
  role: 'assistant',
  model,
  stop_sequence: null,
});

const stopReason = ({ tools }: Answer): string => (tools.length > 0 ? 'tool_use' : 'end_turn');

function contentOf(answer: Answer, { thinkingOmitted }: AnthropicOptions): readonly Content[] {
  const thinking = thinkingOmitted ? '' : answer.thinking;
  return [
    ...(answer.thinking === '' ? [] : [{ type: 'thinking', thinking, signature: `signature-${answer.id}` }]),
    ...(answer.text === '' ? [] : [{ type: 'text', text: answer.text }]),
    ...answer.tools.map(({ id, name, input }) => ({ type: 'tool_use', id: `toolu_${id}`, name, input })),
  ];
}

function emptied(block: Content): Content {
  if (block.type === 'thinking') return { ...block, thinking: '', signature: '' };
  return block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} };
}

function deltasOf(block: Content): readonly Content[] {
  if (block.type === 'text') return chunks(String(block['text'])).map((text) => ({ type: 'text_delta', text }));
  if (block.type === 'tool_use')
    return chunks(JSON.stringify(block['input'])).map((part) => ({ type: 'input_json_delta', partial_json: part }));
  const thoughts = chunks(String(block['thinking'])).map((thinking) => ({ type: 'thinking_delta', thinking }));
  return [...thoughts, { type: 'signature_delta', signature: block['signature'] }];
}

const usageOf = (bill: Bill, output: number) => ({
  input_tokens: bill.input,
  cache_read_input_tokens: bill.cacheRead,
  cache_creation_input_tokens: bill.cacheWrite5m + bill.cacheWrite1h,
  cache_creation: {
    ephemeral_5m_input_tokens: bill.cacheWrite5m,
    ephemeral_1h_input_tokens: bill.cacheWrite1h,
  },
  output_tokens: output,
  output_tokens_details: { thinking_tokens: bill.thinking },
  service_tier: 'standard',
});
