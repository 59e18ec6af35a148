import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostFacts } from '../../../src/core/sources/source.ts';
import { dataFolder } from '../../../src/engine/dataFolder.ts';
import { createProjects } from '../../../src/engine/project.ts';
import { tempFolder } from '../../support/ledgerBench.ts';

describe('the project of a folder', () => {
  const temp = tempFolder();
  const at = (...names: string[]) => join(realpathSync(temp.path), ...names);
  before(() => {
    for (const path of [
      'repo/.git/worktrees/w',
      'repo/src/deep',
      'repo/.git/modules/sub',
      'repo/sub/in',
      'tree/in',
      'plain/x',
      'bare.git/worktrees/v',
      'vtree',
      'odd',
    ]) {
      mkdirSync(at(path), { recursive: true });
    }
    writeFileSync(at('tree/.git'), `gitdir: ${at('repo/.git/worktrees/w')}\n`);
    writeFileSync(at('repo/.git/worktrees/w/commondir'), '../..\n');
    writeFileSync(at('repo/sub/.git'), 'gitdir: ../.git/modules/sub\n');
    writeFileSync(at('vtree/.git'), `gitdir: ${at('bare.git/worktrees/v')}\n`);
    writeFileSync(at('bare.git/worktrees/v/commondir'), '../..\n');
    writeFileSync(at('odd/.git'), 'not git at all');
    symlinkSync(at('repo/src'), at('link'));
    symlinkSync(at('loop-b'), at('loop-a'));
    symlinkSync(at('loop-a'), at('loop-b'));
  });
  after(temp.remove);

  const table: readonly [string, string, string][] = [
    ['the root itself', 'repo', 'repo'],
    ['a folder deep inside', 'repo/src/deep', 'repo'],
    ['a linked worktree counts as its main repository', 'tree/in', 'repo'],
    ['a worktree of a bare repository', 'vtree', 'bare.git'],
    ['a submodule is its own project', 'repo/sub/in', 'repo/sub'],
    ['a link leads to where it points', 'link/deep', 'repo'],
    ['no repository', 'plain/x', 'plain/x'],
    ['a folder that is gone', 'repo/src/gone', 'repo/src/gone'],
    ['a loop of links', 'loop-a', 'loop-a'],
    ['a file named .git that is not git’s', 'odd', 'odd'],
  ];
  for (const [name, cwd, root] of table) it(name, () => assert.equal(createProjects()(at(cwd)), at(root)));

  it('a path of another system is itself', () => assert.equal(createProjects()('C:\\work\\x'), 'C:\\work\\x'));

  it('is asked of the file system once', () => {
    const projectOf = createProjects();
    assert.equal(projectOf(at('plain/x')), at('plain/x'));
    mkdirSync(at('plain/.git'));
    assert.equal(projectOf(at('plain/x')), at('plain/x'));
  });
});

describe('the data folder', () => {
  const table: readonly [HostFacts, string][] = [
    [{ platform: 'linux', home: '/h', env: {} }, '/h/.local/share/burn-meter'],
    [{ platform: 'linux', home: '/h', env: { XDG_DATA_HOME: '/x' } }, '/x/burn-meter'],
    [{ platform: 'linux', home: '/h', env: { XDG_DATA_HOME: 'rel' } }, '/h/.local/share/burn-meter'],
    [
      { platform: 'darwin', home: '/Users/k', env: { XDG_DATA_HOME: '/x' } },
      '/Users/k/Library/Application Support/burn-meter',
    ],
    [{ platform: 'win32', home: 'C:\\Users\\k', env: { LOCALAPPDATA: 'D:\\L' } }, 'D:\\L\\burn-meter'],
    [{ platform: 'win32', home: 'C:\\Users\\k', env: {} }, 'C:\\Users\\k\\AppData\\Local\\burn-meter'],
  ];
  for (const [host, folder] of table) {
    it(`${host.platform} ${JSON.stringify(host.env)}`, () => assert.equal(dataFolder(host), folder));
  }
});
