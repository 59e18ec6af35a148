import assert from 'node:assert/strict';
import { relayCommand } from '../../../../src/core/hooks/relay.ts';
import { commandRelay, nodeRelay } from '../../../../src/core/hooks/relayNode.ts';
import { shellRelay } from '../../../../src/core/hooks/relayShell.ts';
import type { HostFacts } from '../../../../src/core/sources/source.ts';

const linux: HostFacts = { platform: 'linux', home: '/home/kim', env: {} };
const windows: HostFacts = { platform: 'win32', home: 'C:\\Users\\kim', env: {} };
const places = { node: '/opt/it is $5/node', cli: "/opt/kim's/cli.js" };

/** Data folder, and the script as a word of a POSIX shell. */
const posix: readonly (readonly [folder: string, word: string])[] = [
  ['/home/kim/.local/share/burn-meter', "'/home/kim/.local/share/burn-meter/preflight/relay.sh'"],
  ['/Users/kim/Library/Application Support/bm', "'/Users/kim/Library/Application Support/bm/preflight/relay.sh'"],
  ["/home/o'neil/bm", "'/home/o'\\''neil/bm/preflight/relay.sh'"],
  ['/home/$(rm)`x`"y"/bm', '\'/home/$(rm)`x`"y"/bm/preflight/relay.sh\''],
];

/** Data folder, and how cmd's `cd` is told of it. */
const cmd: readonly (readonly [folder: string, place: string])[] = [
  ['C:\\Users\\kim\\bm', 'C:\\Users\\kim\\bm\\preflight'],
  ['C:\\Users\\Kim Lee\\bm', 'C:\\Users\\Kim Lee\\bm\\preflight'],
  ['C:\\Users\\R&D (x^y)\\bm', 'C:\\Users\\R^&D ^(x^^y^)\\bm\\preflight'],
  ['C:\\Users\\Jürgen\\bm', 'C:\\Users\\Jürgen\\bm\\preflight'],
];

describe('relay command', () => {
  for (const [folder, word] of posix) {
    it(`quotes ${folder}`, () => {
      assert.equal(
        relayCommand(linux, folder, 'owl')('Prompt').sh,
        `test -f ${word} && sh ${word} owl Prompt || cat >/dev/null; true`,
      );
    });
  }

  for (const [folder, place] of cmd) {
    it(`quotes ${folder}`, () => {
      assert.equal(
        relayCommand(windows, folder, 'owl')('Prompt').windows,
        `cmd.exe /d /s /c "cd /d ${place} 2>nul && (if exist relay.cmd (call relay.cmd owl Prompt) else (more >nul)) & exit 0"`,
      );
    });
  }

  it('speaks to Git Bash with slashes', () => {
    assert.match(relayCommand(windows, 'C:\\bm', 'owl')('Prompt').sh, /^test -f 'C:\/bm\/preflight\/relay\.sh' && /);
  });
});

describe('relay texts', () => {
  it('name the places as words of the shell', () => {
    const text = shellRelay(places);
    assert.match(text, /^node='\/opt\/it is \$5\/node'$/m);
    assert.match(text, /^cli='\/opt\/kim'\\''s\/cli\.js'$/m);
  });

  it('name the places as strings of JavaScript', () => {
    assert.ok(nodeRelay(places).includes(`const places = ${JSON.stringify(places)};`));
  });

  it('spell the user’s folder out for no console', () => {
    const env = { LOCALAPPDATA: 'C:\\Users\\Jürgen\\AppData\\Local', USERPROFILE: 'C:\\Users\\Jürgen' };
    const of = (node: string): string => commandRelay({ node, cli: '' }, env);
    assert.match(of('C:\\Users\\Jürgen\\AppData\\Local\\100%\\Code.exe'), /^"%LOCALAPPDATA%\\100%%\\Code\.exe" /m);
    assert.match(of('c:\\users\\jürgen\\Code.exe'), /^"%USERPROFILE%\\Code\.exe" "%~dp0relay\.cjs" %1 %2 2>nul\r$/m);
    assert.match(of('D:\\Code.exe'), /^"D:\\Code\.exe" /m);
    assert.match(of('D:\\Code.exe'), /exit \/b 0\r\n$/);
  });
});
