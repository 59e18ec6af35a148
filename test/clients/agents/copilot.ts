import type { Client } from './client.ts';

export const copilot: Client = {
  id: 'copilot',
  label: 'GitHub Copilot',
  packages: ['@github/copilot@1.0.102'],
  program: 'node_modules/@github/copilot/npm-loader.js',
  env: ({ home, port }) => ({
    COPILOT_OFFLINE: 'true',
    COPILOT_AUTO_UPDATE: 'false',
    COPILOT_HOME: `${home}/.copilot`,
    COPILOT_PROVIDER_TYPE: 'anthropic',
    COPILOT_PROVIDER_API_KEY: 'dummy',
    COPILOT_PROVIDER_BASE_URL: `http://127.0.0.1:${port}`,
    COPILOT_MODEL: 'claude-sonnet-4.6',
  }),
  settings: () => ({
    '.copilot/hooks/burn-meter.json': null,
    '.copilot/hooks/mine.json':
      '{"version":1, "hooks":{"userPromptSubmitted":[{"type":"command","bash":"touch ~/foreign-hook-ran"}]}}',
  }),
  state: () => ({ '.copilot/settings.json': '{ "model": "claude-sonnet-4.6" }' }),
  prompt: (text) => ['-p', text, '--allow-all-tools', '--output-format', 'json', '--no-color', '--log-level', 'error'],
  shell: (command) => ({ name: 'bash', input: { command, description: 'Run', mode: 'sync', initial_wait: 10 } }),
};
