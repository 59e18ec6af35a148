// Gemini generateContent: the answer as a stream of parts, or whole.
import type { Answer } from './script.ts';
import type { Bill } from './record.ts';

/** `json` wants the text as JSON: the client asks itself something, such as which model to take. */
export interface GeminiOptions {
  readonly json: boolean;
}

export const geminiWhole = (answer: Answer, bill: Bill, options: GeminiOptions): unknown =>
  responseOf(answer, bill, partsOf(answer, options), true);

export function* geminiStream(answer: Answer, bill: Bill, options: GeminiOptions): Generator<string> {
  const parts = partsOf(answer, options);
  for (const [n, part] of parts.entries()) {
    yield `data: ${JSON.stringify(responseOf(answer, bill, [part], n === parts.length - 1))}\r\n\r\n`;
  }
}

function responseOf({ id, model }: Answer, bill: Bill, parts: readonly unknown[], isLast: boolean): unknown {
  const content = { role: 'model', parts };
  const candidates = [{ index: 0, content, ...(isLast ? { finishReason: 'STOP' } : {}) }];
  return { candidates, modelVersion: model, responseId: id, ...(isLast ? { usageMetadata: usageOf(bill) } : {}) };
}

function partsOf({ thinking, text, tools }: Answer, { json }: GeminiOptions): readonly unknown[] {
  const chosen = { reasoning: '', model_choice: 'flash', next_speaker: 'user', text };
  const parts = [
    ...(thinking === '' ? [] : [{ text: thinking, thought: true }]),
    ...(text === '' ? [] : [{ text: json ? JSON.stringify(chosen) : text }]),
    ...tools.map(({ id, name, input }) => ({ functionCall: { id, name, args: input }, thoughtSignature: 'c2VhbGVk' })),
  ];
  return parts.length > 0 ? parts : [{ text: '' }];
}

const usageOf = (bill: Bill) => ({
  promptTokenCount: bill.input + bill.cacheRead,
  cachedContentTokenCount: bill.cacheRead,
  candidatesTokenCount: bill.output - bill.thinking,
  thoughtsTokenCount: bill.thinking,
  totalTokenCount: bill.input + bill.cacheRead + bill.output,
});
