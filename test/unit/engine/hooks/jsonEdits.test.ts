import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { isOurs } from '../../../../src/core/hooks/ours.ts';
import { addEntries } from '../../../../src/engine/hooks/addEntries.ts';
import { absentContainers, cutEntries } from '../../../../src/engine/hooks/cutEntries.ts';

const ours = { hooks: [{ type: 'command', command: "sh '/home/u/burn-meter/preflight/relay.sh'", timeout: 120 }] };
const at = ['hooks', 'Prompt'];
const entries = [
  { at, value: ours },
  { at: ['hooks', 'Batch'], value: ours },
];
const needs = [{ at: ['version'], value: 1 }];
const lists = entries.map((entry) => entry.at);

const read = (text: string): unknown => parse(text, [], { allowTrailingComma: true }) as unknown;

function added(text: string): string {
  return addEntries(text, entries, needs);
}

function cut(text: string, original: string): string {
  const made = {
    containers: absentContainers(original, lists),
    needs: absentContainers(original, [['version']]).length > 0 ? needs : [],
  };
  return cutEntries(text, lists, isOurs, made);
}

const foreign = '{ "hooks": [{ "type": "command", "command": "true" }] }';

/** Settings as people write them. */
const files: readonly (readonly [string, string])[] = [
  ['nothing but an object', '{}'],
  ['an object and a line end', '{}\n'],
  ['one line', '{"model":"x","list":[1,2]}'],
  ['one spacious line', '{ "model": "x", "list": [1, 2] }'],
  ['two spaces', '{\n  "model": "x"\n}\n'],
  ['tabs, no last line end', '{\n\t"model": "x",\n\t"a": {\n\t\t"b": []\n\t}\n}'],
  ['Windows line ends', '{\r\n    "model": "x",\r\n    "hooks": {}\r\n}\r\n'],
  ['comments everywhere', '// top\n{\n  /* a */ "model": "x", // beside\n  // below\n}\n// end\n'],
  ['a comment at the last one', '{\n  "model": "x" // no comma\n}\n'],
  ['a comment in an empty list', '{\n  "hooks": {\n    "Prompt": [\n      // none yet\n    ]\n  }\n}\n'],
  ['trailing commas', '{\n  "hooks": {\n    "Prompt": [\n      1,\n    ],\n  },\n}\n'],
  ['an empty hooks object', '{\n  "hooks": {},\n  "z": 1\n}\n'],
  ['an empty list in one line', '{"hooks":{"Prompt":[]}}'],
  ['a foreign hook of the same event', `{\n  "hooks": {\n    "Prompt": [\n      ${foreign}, // mine\n    ]\n  }\n}\n`],
  ['a foreign hook, compact', `{"hooks":{"Prompt":[${foreign}],"Other":[[[]]]}}`],
  ['nested lists', '{\n  "a": [[1, [2]], {"b": [[]]}],\n  "hooks": { "Other": [[1]] }\n}\n'],
  ['the version set', '{\n  "version": 2\n}\n'],
  ['a text full of signs', '{\n  "päth": "日本 // no comment /* nor this */ \\" , ]}",\n  "e": "\\u0000😀"\n}\n'],
  ['an odd comma', '{\n  "a": 1\n  , "b": [\n    1\n    , 2\n  ]\n}\n'],
];

describe('hook entries in settings', () => {
  for (const [name, text] of files) {
    it(`${name}: nothing else changes, and cutting leaves no trace`, () => {
      const next = added(text);
      const expected = Object(read(text)) as Record<string, Record<string, unknown[]>>;
      const hooks = expected['hooks'] ?? {};
      assert.deepEqual(read(next), {
        ...expected,
        version: expected['version'] ?? 1,
        hooks: { ...hooks, Prompt: [...(hooks['Prompt'] ?? []), ours], Batch: [ours] },
      });
      assert.equal(cut(next, text), text);
      if (!/\/[/*]|,\s*[\]}]/.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, ''))) JSON.parse(next);
      if (text.includes('\r\n')) assert.doesNotMatch(next, /[^\r]\n/);
    });
  }

  for (const [name, text, expected] of [
    ['an empty file', '', /^\{\n {2}"version": 1,\n {2}"hooks": \{\n {4}"Prompt"/],
    ['a file of comments', '// mine\r\n', /^\/\/ mine\r\n\{\r\n {2}"version"/],
  ] as const) {
    it(`${name} gets its first object`, () => assert.match(added(text), expected));
  }

  for (const [name, text, expected] of [
    ['half a file', '{ "a": ', /not valid JSON \(line 1\)/],
    ['two values', '{}\n{}', /not valid JSON \(line 2\)/],
    ['a list', '[]', /not a JSON object/],
    ['hooks that are a text', '{ "hooks": "x" }', /something else than an object as hooks/],
    ['an event that is an object', '{ "hooks": { "Prompt": {} } }', /something else than a list as hooks.Prompt/],
  ] as const) {
    it(`${name} is refused`, () => assert.throws(() => added(text), expected));
  }

  it('goes where the last of two equal keys is, which counts', () => {
    const next = added('{"hooks":{"Prompt":[1]},"hooks":{"Prompt":[2]}}');
    assert.deepEqual((JSON.parse(next) as { hooks: { Prompt: unknown[] } }).hooks.Prompt, [2, ours]);
  });

  it('leaves what others wrote around it meanwhile', () => {
    const next = added('{\n  "a": 1\n}\n');
    const edited = next
      .replace('"a": 1', '"a": 2, "b": [1, 2]')
      .replace(/"Prompt": \[/, '"Prompt": [\n      "x", // new');
    const bare = cut(edited, '{\n  "a": 1\n}\n');
    assert.deepEqual(read(bare), { a: 2, b: [1, 2], hooks: { Prompt: ['x'] } });
    assert.match(bare, /\/\/ new/);
  });

  it('goes from any place of a list', () => {
    for (const list of [[1, ours], [ours, 1], [1, ours, 2], [ours], [ours, ours, 3, ours]]) {
      for (const space of [undefined, 2, '\t']) {
        const text = JSON.stringify({ hooks: { Prompt: list } }, null, space);
        const bare = cutEntries(text, lists, isOurs, { containers: [], needs: [] });
        assert.deepEqual(read(bare), { hooks: { Prompt: list.filter((one) => one !== ours) } });
      }
    }
  });

  it('never breaks what comments end with a line', () => {
    const text = `{"hooks":{"Prompt":[1, // one\n${JSON.stringify(ours)}]}}`;
    assert.deepEqual(read(cutEntries(text, lists, isOurs, { containers: [], needs: [] })), { hooks: { Prompt: [1] } });
  });

  it('is the identity there and back on any JSON', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    const hooks = fc.dictionary(
      fc.constantFrom('Prompt', 'Batch', 'Other'),
      fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 3 }),
    );
    const spaces = fc.constantFrom(undefined, 2, 4, '\t');
    fc.assert(
      fc.property(objects, fc.option(hooks), spaces, fc.boolean(), (object, some, space, windows) => {
        const value = some === null ? object : { ...object, hooks: some };
        if (some === null && 'hooks' in object) return;
        const text = JSON.stringify(value, null, space).replaceAll('\n', windows ? '\r\n' : '\n');
        assert.equal(cut(added(text), text), text);
      }),
    );
  });
});
