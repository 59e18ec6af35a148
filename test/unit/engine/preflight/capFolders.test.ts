import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { capsThatNeverHold } from '../../../../src/engine/preflight/capFolders.ts';
import { createProjects } from '../../../../src/engine/project.ts';
import { tempFolder } from '../../../support/ledgerBench.ts';

describe('caps that never hold', () => {
  const temp = tempFolder();
  const at = (...names: string[]): string => join(realpathSync(temp.path), ...names);
  before(() => {
    for (const path of ['code/shop/.git', 'code/shop/app', 'plain']) mkdirSync(at(path), { recursive: true });
    symlinkSync(at('code/shop'), at('link'));
  });
  after(temp.remove);

  const cases: readonly [what: string, folder: string, found: boolean][] = [
    ['a folder inside a repository', 'code/shop/app', true],
    ['a link to a repository', 'link', true],
    ['a repository', 'code/shop', false],
    ['a folder around repositories', 'code', false],
    ['a folder in none', 'plain', false],
    ['a folder that is not there yet', 'new', false],
  ];
  for (const [what, folder, found] of cases) {
    it(`${found ? 'tells of' : 'says nothing of'} ${what}`, () => {
      const told = capsThatNeverHold({ [at(folder)]: { day: 5 }, '*': { day: 50 } }, createProjects());
      const message = `The cap on ${at(folder)} never holds: calls there are counted for ${at('code/shop')}. Set the cap on that folder.`;
      assert.deepEqual(told, found ? [message] : []);
    });
  }
});
