import type { Client } from './client.ts';

const version = '1.18.33';

const config = (port: number) => `{
  "$schema": "https://opencode.ai/config.json",
  // mine
  "autoupdate": false, "share": "disabled",
  "model": "fake/claude-sonnet-4-6", "small_model": "fake/claude-haiku-4-5",
  "permission": { "*": "allow" },
  "provider": { "fake": {
    "npm": "@ai-sdk/anthropic", "name": "Fake",
    "options": { "baseURL": "http://127.0.0.1:${port}/v1", "apiKey": "dummy" },
    "models": {
      "claude-sonnet-4-6": { "name": "S", "limit": { "context": 200000, "output": 32000 }, "reasoning": true,
        "cost": { "input": 3, "output": 15, "cache_read": 0.3, "cache_write": 3.75 } },
      "claude-haiku-4-5": { "name": "H", "limit": { "context": 200000, "output": 32000 },
        "cost": { "input": 1, "output": 5, "cache_read": 0.1, "cache_write": 1.25 } }
    }
  } }
}
`;

export const opencode: Client = {
  id: 'opencode',
  label: 'OpenCode',
  packages: [`opencode-ai@${version}`, `opencode-linux-x64@${version}`],
  program: 'node_modules/opencode-linux-x64/bin/opencode',
  env: () => ({
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: 'true',
  }),
  settings: ({ port }) => ({ '.config/opencode/opencode.json': config(port), '.config/opencode/plugin': null }),
  state: () => ({
    // As after a first start with a plugin: without a network it tries for over a minute to fetch this package.
    '.config/opencode/package-lock.json': JSON.stringify({
      packages: { '': { dependencies: { '@opencode-ai/plugin': version } } },
    }),
    '.config/opencode/node_modules/.package-lock.json': '{}',
  }),
  prompt: (text) => ['run', text, '--format', 'json', '--auto'],
  shell: (command) => ({ name: 'bash', input: { command, description: 'Run' } }),
};
