import assert from 'node:assert/strict';
import type { HookStatus } from '../../../src/core/actions.ts';
import { hookRows, hooksDoneText } from '../../../src/core/hooksText.ts';
import { tildePath } from '../../../src/core/tildePath.ts';
import { untranslated } from '../../../src/core/translate.ts';

const home = '/home/dev';

function status(more: Partial<HookStatus> = {}): HookStatus {
  const files = ['/home/dev/.owl/settings.json'];
  return { agent: 'owl', label: 'Owl', found: true, state: 'off', note: null, files, verified: true, ...more };
}

const rows = (...all: HookStatus[]) =>
  hookRows(all, home, untranslated).map(({ label, turnsOn, description, detail }) => [
    label,
    turnsOn,
    description,
    detail,
  ]);

const cases: readonly (readonly [string, Partial<HookStatus>, readonly unknown[]])[] = [
  ['that is off', {}, ['$(circle-large-outline) Owl', true, 'off', 'Pick to add it to ~/.owl/settings.json']],
  [
    'that is on',
    { state: 'on' },
    ['$(pass-filled) Owl', false, 'on', 'Pick to remove it again from ~/.owl/settings.json'],
  ],
  [
    'that waits',
    { state: 'pending', note: 'waiting for your review in Owl' },
    [
      '$(pass-filled) Owl',
      false,
      'waiting for your review in Owl',
      'Pick to remove it again from ~/.owl/settings.json',
    ],
  ],
  [
    'that is not there',
    { found: false },
    ['$(circle-slash) Owl', null, 'not found on this machine', '~/.owl/settings.json'],
  ],
  [
    'that is gone, its hooks left behind',
    { found: false, state: 'on' },
    ['$(pass-filled) Owl', false, 'on', 'Pick to remove it again from ~/.owl/settings.json'],
  ],
  [
    'whose format was not tried',
    { verified: false },
    [
      '$(circle-large-outline) Owl',
      true,
      'off · as its manual says, not tried with the agent itself',
      'Pick to add it to ~/.owl/settings.json',
    ],
  ],
];

const done: readonly (readonly [Partial<HookStatus>, string])[] = [
  [{ state: 'on' }, 'Owl asks before heavy prompts from its next session on. Added to ~/.owl/settings.json.'],
  [{ state: 'off' }, 'Owl asks no more before heavy prompts. Removed from ~/.owl/settings.json.'],
  [
    { state: 'pending', note: 'waiting for your review in Owl' },
    'Set up for Owl in ~/.owl/settings.json, and waiting for your review in Owl.',
  ],
  [{ state: 'changed', note: 'the file is not readable' }, 'Owl is not set up: the file is not readable.'],
];

describe('the set-up of pre-flight prompts', () => {
  for (const [name, more, row] of cases)
    it(`lists an agent ${name}`, () => assert.deepEqual(rows(status(more)), [row]));

  it('offers both ways out where someone else changed the hooks', () => {
    const both = rows(status({ state: 'changed' }));
    assert.deepEqual(
      both.map(([label, turnsOn]) => [label, turnsOn]),
      [
        ['$(warning) Owl: put back', true],
        ['$(warning) Owl: remove', false],
      ],
    );
  });

  it('has agents in use first and those that are not there last', () => {
    const all = [status({ label: 'A', found: false }), status({ label: 'B' }), status({ label: 'C', state: 'on' })];
    assert.deepEqual(
      rows(...all).map(([label]) => String(label).slice(-1)),
      ['C', 'B', 'A'],
    );
  });

  for (const [more, text] of done) {
    it(`says that it is ${more.state}`, () => assert.equal(hooksDoneText(status(more), home, untranslated), text));
  }
});

const paths: readonly (readonly [path: string, home: string, shown: string])[] = [
  ['/home/dev/.owl/a', '/home/dev', '~/.owl/a'],
  ['/home/dev/.owl/a', '/home/dev/', '~/.owl/a'],
  ['C:\\Users\\dev\\.owl\\a', 'C:\\Users\\dev', '~\\.owl\\a'],
  ['/home/device/a', '/home/dev', '/home/device/a'],
  ['/etc/owl', '', '/etc/owl'],
  ['/etc/owl', '/', '/etc/owl'],
];

describe('paths for people', () => {
  for (const [path, from, shown] of paths) {
    it(`${path} below ${from} is ${shown}`, () => assert.equal(tildePath(path, from), shown));
  }
});
