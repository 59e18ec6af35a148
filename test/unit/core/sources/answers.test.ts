import assert from 'node:assert/strict';
import type { Answer, Surroundings } from '../../../../src/core/sources/answers.ts';
import { claudeAnswer } from '../../../../src/core/sources/claudeAnswers.ts';
import { codexAnswer } from '../../../../src/core/sources/codexAnswers.ts';
import { claudeAnswerLines, codexAnswerLines } from '../../../support/answerRecords.ts';
import type { RecordedAnswer } from '../../../support/answerRecords.ts';

const call: RecordedAnswer = {
  model: 'some-model',
  text: 'It is done.',
  tools: ['const a = 1;', 'const b = 2;'],
  output: 90,
  thinking: 30,
};
const written: Answer = {
  text: 'It is done.\nWrite\ncontent\nconst a = 1;\nWrite\ncontent\nconst b = 2;',
  toolCalls: 2,
  hasThinking: true,
};

/** The lines around the one at `at`, of a file of which they are a middle part unless told otherwise. */
function around(lines: readonly string[], at: number, more: Partial<Surroundings> = {}): Surroundings {
  const own = lines.at(at) ?? '';
  const index = lines.indexOf(own);
  return { before: lines.slice(0, index), own, after: lines.slice(index + 1), fromStart: false, toEnd: false, ...more };
}

/** `from` in the lines that have it is replaced by `to`. */
const altered = (lines: readonly string[], from: string, to: string): string[] => {
  assert.ok(lines.some((line) => line.includes(from)));
  return lines.map((line) => line.replaceAll(from, to));
};

describe("an answer in Claude Code's transcript", () => {
  const lines = claudeAnswerLines(call, 1);
  const next = claudeAnswerLines({ ...call, text: 'Something else.' }, 2);
  const result = JSON.stringify({ type: 'user', message: { content: [{ type: 'tool_result', content: 'done' }] } });
  const unnumbered = lines.map((line) => line.replace(/"apiBlockIndex":\d,/, ''));
  const [first = '', ...blocks] = lines;

  const whole: readonly (readonly [name: string, around: Surroundings])[] = [
    ['told by its first line', around([...lines, ...next], 1)],
    ['told by its last line', around([...lines, ...next], 4)],
    ['with results between its blocks', around([...lines.slice(0, 4), result, ...lines.slice(4), ...next], 3)],
    ['at the end of the file', around(lines, 2, { toEnd: true })],
    ['of a client that does not number blocks', around([...unnumbered, ...next], 2)],
    ['at the start of the file', around([...unnumbered.slice(1), ...next], 0, { fromStart: true })],
    ['with its prompt out of sight', around([...blocks, ...next], 0)],
  ];
  for (const [name, lying] of whole) it(`whole: ${name}`, () => assert.deepEqual(claudeAnswer(lying), written));

  const refused: readonly (readonly [name: string, around: Surroundings])[] = [
    ['its first block is out of sight', around([...lines.slice(2), ...next], 0)],
    ['its beginning is not proven', around([...unnumbered.slice(1), ...next], 0)],
    ['its end is not proven', around(lines, 2)],
    [
      'it did not come to a stop',
      around(altered([...lines, ...next], '"tool_use","usage"', 'null,"usage"').map(stopped), 2),
    ],
    ['it holds a search', around([...altered(lines, '"type":"tool_use"', '"type":"server_tool_use"'), ...next], 2)],
    ['it is no JSON', around(['{', ...next], 0)],
    ['it is a prompt', around([first, ...next], 0)],
    ['it says nothing', around([...claudeAnswerLines({ ...call, text: '', tools: [] }, 1), ...next], 1)],
  ];
  for (const [name, lying] of refused) it(`left out: ${name}`, () => assert.equal(claudeAnswer(lying), null));
});

/** As a stream that was cut leaves it. */
function stopped(line: string): string {
  return line.replaceAll(/"stop_reason":(?:"\w+"|null)/g, '"stop_reason":null');
}

describe("an answer in Codex's rollout", () => {
  const before = codexAnswerLines({ ...call, text: 'Something else.' }, 1);
  const lines = codexAnswerLines(call, 2);
  const count = [...before, ...lines].findLastIndex((line) => line.includes('token_usage_record'));
  const expected = { ...written, text: 'It is done.\nexec\nconst a = 1;\nexec\nconst b = 2;' };
  const old = (line: string): string =>
    line.replace('"type":"token_usage_record","payload":{', '"type":"event_msg","payload":{"type":"token_count",');

  const whole: readonly (readonly [name: string, around: Surroundings])[] = [
    ['after another', around([...before, ...lines], count)],
    ['of an older client', around([...before, ...lines].map(old), count)],
    ['the first of the file', around(lines, count - before.length, { fromStart: true })],
  ];
  for (const [name, lying] of whole) it(`whole: ${name}`, () => assert.deepEqual(codexAnswer(lying), expected));

  const refused: readonly (readonly [name: string, around: Surroundings])[] = [
    ['its beginning is out of sight', around(lines, count - before.length)],
    ['it holds a search', around([...before, ...altered(lines, '"custom_tool_call"', '"web_search_call"')], count)],
    ['it holds an image', around([...before, ...altered(lines, '"output_text"', '"output_image"')], count)],
    ['nothing was answered', around([...before, lines[4] ?? ''], -1)],
    ['the line counts nothing', around([...before, ...lines], 0, { fromStart: true })],
  ];
  for (const [name, lying] of refused) it(`left out: ${name}`, () => assert.equal(codexAnswer(lying), null));
});
