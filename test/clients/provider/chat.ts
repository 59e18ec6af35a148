// OpenAI Chat Completions: the answer as a stream of chunks, or whole.
import { chunks } from './script.ts';
import type { Answer } from './script.ts';
import type { Bill } from './record.ts';

export function chatWhole(answer: Answer, bill: Bill): unknown {
  const message = {
    role: 'assistant',
    content: answer.text === '' ? null : answer.text,
    ...(answer.thinking === '' ? {} : { reasoning_content: answer.thinking }),
    ...(answer.tools.length > 0 ? { tool_calls: callsOf(answer) } : {}),
  };
  const choices = [{ index: 0, message, finish_reason: finishOf(answer) }];
  return { ...headOf(answer), object: 'chat.completion', choices, usage: usageOf(bill) };
}

export function* chatStream(answer: Answer, bill: Bill): Generator<string> {
  for (const chunk of chunksOf(answer, bill)) {
    yield `data: ${JSON.stringify({ ...headOf(answer), object: 'chat.completion.chunk', ...chunk })}\n\n`;
  }
  yield 'data: [DONE]\n\n';
}

function* chunksOf(answer: Answer, bill: Bill): Generator<Readonly<Record<string, unknown>>> {
  const choice = (delta: unknown, reason: string | null = null) => ({
    choices: [{ index: 0, delta, finish_reason: reason }],
  });
  yield choice({ role: 'assistant', content: '' });
  for (const part of chunks(answer.thinking)) yield choice({ reasoning_content: part });
  for (const part of chunks(answer.text)) yield choice({ content: part });
  if (answer.tools.length > 0) yield choice({ tool_calls: callsOf(answer) });
  yield choice({}, finishOf(answer));
  yield { choices: [], usage: usageOf(bill) };
}

const headOf = ({ id, model }: Answer) => ({ id: `chatcmpl-${id}`, created: 0, model });

const finishOf = ({ tools }: Answer): string => (tools.length > 0 ? 'tool_calls' : 'stop');

const callsOf = ({ tools }: Answer) =>
  tools.map(({ id, name, input }, index) => ({
    index,
    id: `call_${id}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));

const usageOf = (bill: Bill) => ({
  prompt_tokens: bill.input + bill.cacheRead,
  prompt_tokens_details: { cached_tokens: bill.cacheRead },
  completion_tokens: bill.output,
  completion_tokens_details: { reasoning_tokens: bill.thinking },
  total_tokens: bill.input + bill.cacheRead + bill.output,
});
