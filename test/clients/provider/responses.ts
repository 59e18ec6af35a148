// OpenAI Responses: the answer as a stream of events, or whole.
import { chunks } from './script.ts';
import type { Answer } from './script.ts';
import type { Bill } from './record.ts';

type Item = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };
type Named = readonly [string, Readonly<Record<string, unknown>>];

export const responsesWhole = (answer: Answer, bill: Bill): unknown => ({
  ...responseOf(answer),
  status: 'completed',
  output: itemsOf(answer),
  usage: usageOf(bill),
});

export function* responsesStream(answer: Answer, bill: Bill): Generator<string> {
  let n = 0;
  for (const [type, data] of eventsOf(answer, bill)) {
    yield `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: n++, ...data })}\n\n`;
  }
}

function* eventsOf(answer: Answer, bill: Bill): Generator<Named> {
  yield ['response.created', { response: responseOf(answer) }];
  for (const [index, item] of itemsOf(answer).entries()) {
    yield ['response.output_item.added', { output_index: index, item: { ...item, ...begun(item) } }];
    for (const [type, data] of partsOf(item, answer)) yield [type, { item_id: item.id, output_index: index, ...data }];
    yield ['response.output_item.done', { output_index: index, item }];
  }
  yield ['response.completed', { response: responsesWhole(answer, bill) }];
}

const responseOf = ({ id, model }: Answer) => ({
  id: `resp_${id}`,
  object: 'response',
  created_at: 0,
  model,
  status: 'in_progress',
  output: [],
  parallel_tool_calls: true,
  tool_choice: 'auto',
  tools: [],
  usage: null,
  error: null,
});

function itemsOf({ id, thinking, text, tools }: Answer): readonly Item[] {
  const phase = tools.length > 0 ? 'commentary' : 'final_answer';
  const content = [{ type: 'output_text', annotations: [], logprobs: [], text }];
  const summary = [{ type: 'summary_text', text: thinking }];
  const done = { status: 'completed' };
  return [
    ...(thinking === '' ? [] : [{ type: 'reasoning', id: `rs_${id}`, summary, encrypted_content: 'c2VhbGVk' }]),
    ...(text === '' ? [] : [{ type: 'message', id: `msg_${id}`, role: 'assistant', phase, content, ...done }]),
    ...tools.map((tool) => ({
      type: 'function_call',
      id: `fc_${tool.id}`,
      call_id: `call_${tool.id}`,
      name: tool.name,
      arguments: JSON.stringify(tool.input),
      ...done,
    })),
  ];
}

function begun(item: Item): Readonly<Record<string, unknown>> {
  if (item.type === 'message') return { status: 'in_progress', content: [] };
  return item.type === 'reasoning' ? { summary: [] } : { status: 'in_progress', arguments: '' };
}

function* partsOf(item: Item, { text, thinking }: Answer): Generator<Named> {
  if (item.type === 'function_call') {
    yield ['response.function_call_arguments.delta', { delta: item['arguments'] }];
    yield ['response.function_call_arguments.done', { arguments: item['arguments'] }];
  } else if (item.type === 'message') {
    const part = { type: 'output_text', annotations: [], text };
    yield ['response.content_part.added', { content_index: 0, part: { ...part, text: '' } }];
    for (const delta of chunks(text)) yield ['response.output_text.delta', { content_index: 0, delta }];
    yield ['response.output_text.done', { content_index: 0, text }];
    yield ['response.content_part.done', { content_index: 0, part }];
  } else {
    const part = { type: 'summary_text', text: thinking };
    yield ['response.reasoning_summary_part.added', { summary_index: 0, part: { ...part, text: '' } }];
    for (const delta of chunks(thinking)) yield ['response.reasoning_summary_text.delta', { summary_index: 0, delta }];
    yield ['response.reasoning_summary_text.done', { summary_index: 0, text: thinking }];
    yield ['response.reasoning_summary_part.done', { summary_index: 0, part }];
  }
}

const usageOf = (bill: Bill) => ({
  input_tokens: bill.input + bill.cacheRead,
  input_tokens_details: { cached_tokens: bill.cacheRead },
  output_tokens: bill.output,
  output_tokens_details: { reasoning_tokens: bill.thinking },
  total_tokens: bill.input + bill.cacheRead + bill.output,
});
