import assert from 'node:assert/strict';
import { claude } from '../../../../src/core/sources/claude.ts';
import { codex } from '../../../../src/core/sources/codex.ts';
import type { HostFacts, Source } from '../../../../src/core/sources/source.ts';

const linux: HostFacts = { platform: 'linux', home: '/home/kim', env: {} };
const mac: HostFacts = { platform: 'darwin', home: '/Users/kim', env: {} };
const windows: HostFacts = { platform: 'win32', home: 'C:\\Users\\kim', env: {} };
const macDesktop = [
  '/Users/kim/Library/Application Support/Claude/local-agent-mode-sessions',
  '/Users/kim/Library/Application Support/Claude/claude-code-sessions',
];
const linuxDesktop = [
  '/home/kim/.config/Claude/local-agent-mode-sessions',
  '/home/kim/.config/Claude/claude-code-sessions',
];
const store = 'AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude';

const roots: readonly (readonly [string, Source, HostFacts, readonly string[]])[] = [
  ['Linux', claude, linux, ['/home/kim/.config/claude/projects', '/home/kim/.claude/projects', ...linuxDesktop]],
  [
    'Linux with XDG',
    claude,
    { ...linux, env: { XDG_CONFIG_HOME: '/data/cfg/' } },
    [
      '/data/cfg/claude/projects',
      '/home/kim/.claude/projects',
      '/data/cfg/Claude/local-agent-mode-sessions',
      '/data/cfg/Claude/claude-code-sessions',
    ],
  ],
  [
    'a list of folders',
    claude,
    { ...linux, env: { CLAUDE_CONFIG_DIR: '/a, /b/projects/ ,~/c,,/a' } },
    ['/a/projects', '/b/projects', '/home/kim/c/projects', ...linuxDesktop],
  ],
  [
    'a blank variable',
    claude,
    { ...linux, env: { CLAUDE_CONFIG_DIR: ' ', XDG_CONFIG_HOME: '' } },
    ['/home/kim/.config/claude/projects', '/home/kim/.claude/projects', ...linuxDesktop],
  ],
  ['macOS', claude, mac, ['/Users/kim/.config/claude/projects', '/Users/kim/.claude/projects', ...macDesktop]],
  [
    'Windows',
    claude,
    windows,
    [
      'C:\\Users\\kim\\.config\\claude\\projects',
      'C:\\Users\\kim\\.claude\\projects',
      'C:\\Users\\kim\\AppData\\Roaming\\Claude\\local-agent-mode-sessions',
      'C:\\Users\\kim\\AppData\\Roaming\\Claude\\claude-code-sessions',
      `C:\\Users\\kim\\${store}\\local-agent-mode-sessions`,
      `C:\\Users\\kim\\${store}\\claude-code-sessions`,
    ],
  ],
  [
    'Windows with variables',
    claude,
    {
      ...windows,
      env: { CLAUDE_CONFIG_DIR: 'D:\\c\\projects', APPDATA: 'D:\\Roaming', LOCALAPPDATA: 'D:\\Local' },
    },
    [
      'D:\\c\\projects',
      'D:\\Roaming\\Claude\\local-agent-mode-sessions',
      'D:\\Roaming\\Claude\\claude-code-sessions',
      'D:\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude\\local-agent-mode-sessions',
      'D:\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude\\claude-code-sessions',
    ],
  ],
  ['Linux', codex, linux, ['/home/kim/.codex/sessions', '/home/kim/.codex/archived_sessions']],
  ['macOS', codex, mac, ['/Users/kim/.codex/sessions', '/Users/kim/.codex/archived_sessions']],
  ['Windows', codex, windows, ['C:\\Users\\kim\\.codex\\sessions', 'C:\\Users\\kim\\.codex\\archived_sessions']],
  [
    'a list of folders',
    codex,
    { ...linux, env: { CODEX_HOME: '/x/,~/y' } },
    ['/x/sessions', '/x/archived_sessions', '/home/kim/y/sessions', '/home/kim/y/archived_sessions'],
  ],
  ['a drive’s root', codex, { ...windows, env: { CODEX_HOME: 'D:\\' } }, ['D:\\sessions', 'D:\\archived_sessions']],
];

const accepted: readonly (readonly [Source, string, boolean])[] = [
  [claude, '-home-kim-shop/5e55.jsonl', true],
  [claude, '-home-kim-shop/5e55/subagents/agent-a1.jsonl', true],
  [claude, '-home-kim-shop/5e55/subagents/workflows/run/agent-a1.jsonl', true],
  [claude, 'org/user/local_1/.claude/projects/-shop/5e55.jsonl', true],
  [claude, '-home-kim-memory/5e55.jsonl', true],
  [claude, '-home-kim-shop/memory/notes.jsonl', false],
  [claude, '-home-kim-shop/5e55/tool-results/out.jsonl', false],
  [claude, '-home-kim-shop/5e55/subagents/agent-a1.meta.json', false],
  [claude, 'org/user/local_1/audit.jsonl', false],
  [claude, 'org/user/local_1/.claude/history.jsonl', false],
  [codex, '2026/09/21/rollout-2026-09-21T10-00-00-0199aaaa-1111-7000-8000-00000000c0de.jsonl', true],
  [codex, 'rollout-2026-09-21T10-00-00-0199aaaa-1111-7000-8000-00000000c0de.jsonl.zst', true],
  [codex, '2026/09/21/notes.jsonl', false],
  [codex, '2026/09/21/rollout-2026.jsonl.tmp', false],
  [codex, 'rollout-x.jsonl/other.txt', false],
];

describe('where agents keep their records', () => {
  for (const [name, source, host, expected] of roots) {
    it(`${source.label} on ${name}`, () => assert.deepEqual(source.roots(host), expected));
  }
  for (const [source, path, expected] of accepted) {
    it(`${source.label} ${expected ? 'takes' : 'leaves'} ${path}`, () => assert.equal(source.accepts(path), expected));
  }
});
