import type { Client } from './client.ts';

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
  packages: ['opencode-ai@1.18.33', 'opencode-linux-x64@1.18.33'],
  program: 'node_modules/opencode-linux-x64/bin/opencode',
  env: () => ({
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: 'true',
  }),
  files: ({ port }) => ({ '.config/opencode/opencode.json': config(port) }),
  prompt: (text) => ['run', text, '--format', 'json', '--auto'],
  shell: (command) => ({ name: 'bash', input: { command, description: 'Run' } }),
};
