import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { sources } from '../../../../src/core/sources/index.ts';
import { markedLines, recordFiles } from '../../../support/readHome.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures');
const homes = [
  'claude/real/subagent/home',
  'claude/traps/advisor/home',
  'codex/real/compact/home',
  'codex/traps/subagent-replays-parent/home',
];
const files = homes.flatMap((home) => recordFiles(join(fixtures, home)));
const types =
  'assistant user api-request cost-state session_meta turn_context token_usage_record task_started token_count web_search_call';

describe('records nobody expected', () => {
  for (const source of sources) {
    it(`${source.label}: no text makes the parser throw`, () => {
      fc.assert(
        fc.property(fc.array(fc.oneof(fc.string(), fc.json())), fc.json(), (lines, saved) => {
          const parser = source.createParser({ path: 'x.jsonl' }, { [saved]: saved });
          for (const line of lines) assert.ok(Array.isArray(parser.read(line)));
        }),
      );
    });

    it(`${source.label}: no shape of a known line makes it throw`, () => {
      const type = fc.constantFrom(...types.split(' '));
      const line = fc.record({
        type,
        timestamp: fc.constant('2026-01-01T00:00:00Z'),
        payload: fc.jsonValue(),
        message: fc.jsonValue(),
        params: fc.jsonValue(),
        modelUsage: fc.jsonValue(),
      });
      fc.assert(
        fc.property(fc.array(line), (lines) => {
          const parser = source.createParser({ path: 'x.jsonl' }, null);
          for (const one of lines) for (const fact of parser.read(JSON.stringify(one))) assert.ok(fact.type);
        }),
      );
    });
  }

  for (const file of files) {
    it(`${file.below}: a line cut anywhere is told of, and costs no other line`, () => {
      const lines = markedLines(file);
      for (const [i, line] of lines.slice(0, 12).entries()) {
        const parser = file.source.createParser({ path: file.below }, null);
        const whole = lines.slice(0, i).flatMap((one) => parser.read(one));
        const state = parser.state;
        const facts = parser.read(line.slice(0, -1));
        // What the byte filter let through but the parser has no use for is skipped unread.
        if (facts.length > 0)
          assert.deepEqual(
            facts.map((fact) => fact.type),
            ['problem'],
          );
        assert.deepEqual(parser.state, state);
        assert.ok(whole.length >= 0);
      }
    });

    it(`${file.below}: a line without a marker says nothing`, () => {
      const every = file.source.createParser({ path: file.below }, null);
      const marked = file.source.createParser({ path: file.below }, null);
      const lines = readFileSync(file.path, 'utf8').split('\n').slice(0, -1);
      assert.deepEqual(
        lines.flatMap((line) => every.read(line)),
        markedLines(file).flatMap((line) => marked.read(line)),
      );
    });
  }

  it('a count that looks like a prototype’s name is only a name', () => {
    const [claude] = sources;
    const line =
      '{"type":"cost-state","sessionId":"s","startTime":1,"modelUsage":{"__proto__":{"inputTokens":1},"toString":{"inputTokens":2}}}';
    const parser = claude?.createParser({ path: 'x.jsonl' }, null);
    assert.ok((parser?.read(line) ?? []).every((fact) => fact.type === 'signal'));
    assert.equal(Object.hasOwn(Object.prototype, 'inputTokens'), false);
  });
});
