import assert from 'node:assert/strict';
import { withChanges } from '../../../../src/core/settingsText/change.ts';
import { settingsOf } from '../../../../src/core/settingsText/settings.ts';
import type { SettingsChange, SettingsFormat } from '../../../../src/core/settingsText/settings.ts';
import { remembered, undoing } from '../../../../src/core/thinking/undo.ts';

interface Case {
  readonly name: string;
  readonly format: SettingsFormat;
  readonly text: string | null;
  readonly changes: readonly SettingsChange[];
  readonly want: string | null;
}

const effort = (value?: string): readonly SettingsChange[] => [{ at: ['effort'], ...(value && { value }) }];
const deep = (value?: string): readonly SettingsChange[] => [{ at: ['a', 'b', 'effort'], ...(value && { value }) }];

const cases: readonly Case[] = [
  {
    name: 'a file that is not there',
    format: 'json',
    text: null,
    changes: effort('low'),
    want: '{\n  "effort": "low"\n}\n',
  },
  { name: 'a blank file', format: 'json', text: ' \n', changes: effort('low'), want: '{\n  "effort": "low"\n}\n' },
  {
    name: 'comments, order and trailing commas',
    format: 'json',
    text: '// mine\n{\n    "z": 1, // one\n    /* effort */ "effort": "high",\n    "a": [1,2],\n}\n',
    changes: effort('low'),
    want: '// mine\n{\n    "z": 1, // one\n    /* effort */ "effort": "low",\n    "a": [1,2],\n}\n',
  },
  {
    name: 'tabs, CRLF and a byte order mark',
    format: 'json',
    text: '\uFEFF{\r\n\t"a": 1\r\n}',
    changes: effort('low'),
    want: '\uFEFF{\r\n\t"a": 1,\r\n\t"effort": "low"\r\n}',
  },
  {
    name: 'objects on the way',
    format: 'json',
    text: '{\n  "a": {}\n}',
    changes: deep('low'),
    want: '{\n  "a": {\n    "b": {\n      "effort": "low"\n    }\n  }\n}',
  },
  {
    name: 'a key that goes',
    format: 'json',
    text: '{\n  "effort": "low",\n  "a": 1\n}',
    changes: effort(),
    want: '{\n  "a": 1\n}',
  },
  { name: 'a key that is not there to go', format: 'json', text: '{ "a": 1 }', changes: deep(), want: '{ "a": 1 }' },
  {
    name: 'a file in one line',
    format: 'json',
    text: '{"z":{"s":1},"a":{}}',
    changes: deep('low'),
    want: '{"z":{"s":1},"a":{"b":{"effort":"low"}}}',
  },
  {
    name: 'an object in one line',
    format: 'json',
    text: '{\n  "a": { "x": 1 }\n}',
    changes: deep('low'),
    want: '{\n  "a": { "x": 1, "b": {"effort":"low"} }\n}',
  },
  {
    name: 'a comment where nothing else is',
    format: 'json',
    text: '{\n  // mine\n}\n',
    changes: effort('low'),
    want: '{\n  "effort": "low"\n  // mine\n}\n',
  },
  { name: 'broken JSON', format: 'json', text: '{ "a": ', changes: effort('low'), want: null },
  { name: 'JSON that is no object', format: 'json', text: '["effort"]', changes: effort('low'), want: null },
  { name: 'a value in the way', format: 'json', text: '{ "a": false }', changes: deep('low'), want: null },
  {
    name: 'a key that stands twice',
    format: 'json',
    text: '{ "effort": "high", "effort": "xhigh" }',
    changes: effort('low'),
    want: '{ "effort": "high", "effort": "low" }',
  },
  {
    name: 'a key that stands twice and cannot go',
    format: 'json',
    text: '{ "effort": "high", "effort": "xhigh" }',
    changes: effort(),
    want: null,
  },
  {
    name: 'a TOML file that is not there',
    format: 'toml',
    text: null,
    changes: effort('low'),
    want: 'effort = "low"\n',
  },
  {
    name: 'a TOML key among others',
    format: 'toml',
    text: "# mine\r\nmodel = 'x'\r\neffort = 'high' # for now\r\n[t]\r\neffort = 'theirs'\r\n",
    changes: effort('low'),
    want: "# mine\r\nmodel = 'x'\r\neffort = \"low\" # for now\r\n[t]\r\neffort = 'theirs'\r\n",
  },
  {
    name: 'a TOML key that is only in a table',
    format: 'toml',
    text: '[t]\neffort = "theirs"\n',
    changes: effort('low'),
    want: 'effort = "low"\n[t]\neffort = "theirs"\n',
  },
  {
    name: 'an array whose lines begin like a table',
    format: 'toml',
    text: 'list = [\n  ["a"],\n]\neffort = "high"\n',
    changes: effort('low'),
    want: 'list = [\n  ["a"],\n]\neffort = "low"\n',
  },
  {
    name: 'a text that looks like the key',
    format: 'toml',
    text: 'note = """\neffort = "high"\n"""\neffort = "high"\n',
    changes: effort('low'),
    want: null,
  },
  {
    name: 'a quoted table',
    format: 'toml',
    text: '[a."b"] # deep\neffort="high"\n',
    changes: deep('low'),
    want: '[a."b"] # deep\neffort="low"\n',
  },
  { name: 'a table that is not there', format: 'toml', text: 'x = 1\n', changes: deep('low'), want: null },
  {
    name: 'a TOML key that goes',
    format: 'toml',
    text: 'x = 1\neffort = "low"\n[t]\n',
    changes: effort(),
    want: 'x = 1\n[t]\n',
  },
  { name: 'broken TOML', format: 'toml', text: 'x = \n', changes: effort('low'), want: null },
  {
    name: 'a key of two words in one line',
    format: 'toml',
    text: 'a.b.effort = "high"\n',
    changes: deep('low'),
    want: null,
  },
];

describe('a change of settings', () => {
  for (const { name, format, text, changes, want } of cases) {
    it(`${want === null ? 'is refused for' : 'keeps'} ${name}`, () => {
      assert.equal(withChanges(text, format, changes), want);
    });
  }
});

describe('taking a change back', () => {
  const back: readonly {
    readonly name: string;
    readonly before: string;
    readonly now: string;
    readonly want: string | null;
  }[] = [
    {
      name: 'takes the objects made for it along',
      before: '{}',
      now: '{"x": 1, "a": {"b": {"effort": "low"}}}',
      want: '{"x": 1}',
    },
    {
      name: 'leaves objects that hold more by now',
      before: '{}',
      now: '{"a": {"b": {"effort": "low"}, "c": 1}}',
      want: '{"a": {"c": 1}}',
    },
    {
      name: 'leaves objects that were there',
      before: '{"a": {}}',
      now: '{"a": {"b": {"effort": "low"}}}',
      want: '{"a": {}}',
    },
    {
      name: 'puts back the value that was there',
      before: '{"a": {"b": {"effort": "max"}}}',
      now: '{"a": {"b": {"effort": "low"}}, "x": 1}',
      want: '{"a": {"b": {"effort": "max"}}, "x": 1}',
    },
    {
      name: 'leaves a value that somebody else has set',
      before: '{}',
      now: '{"a": {"b": {"effort": "high"}}}',
      want: null,
    },
    { name: 'leaves a key that somebody else has removed', before: '{}', now: '{"a": {}}', want: null },
  ];
  for (const { name, before, now, want } of back) {
    it(name, () => {
      const ours = remembered(settingsOf(before, 'json') ?? {}, { at: ['a', 'b', 'effort'], value: 'low' });
      const undo = undoing(settingsOf(now, 'json') ?? {}, ours);
      const text = undo === null ? null : withChanges(now, 'json', [undo]);
      assert.deepEqual(text === null ? null : JSON.parse(text), want === null ? null : JSON.parse(want));
    });
  }
});
