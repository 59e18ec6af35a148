import type { Client } from './client.ts';

const settings = `{
\t"model": {"name": "gpt-5.5"},
\t"security": {"auth": {"selectedType": "openai"}, "folderTrust": {"enabled": false}},
\t"privacy": {"usageStatisticsEnabled": false}, // none
\t"general": {"enableAutoUpdate": false},
\t"$version": 4
}`;

export const qwen: Client = {
  id: 'qwen',
  label: 'Qwen Code',
  packages: ['@qwen-code/qwen-code@0.24.4'],
  program: 'node_modules/@qwen-code/qwen-code/cli-entry.js',
  env: ({ port }) => ({
    OPENAI_API_KEY: 'dummy',
    OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    OPENAI_MODEL: 'gpt-5.5',
    QWEN_CODE_NO_RELAUNCH: 'true',
  }),
  settings: () => ({ '.qwen/settings.json': settings }),
  prompt: (text) => ['-p', text, '--output-format', 'json', '--yolo'],
  shell: (command) => ({ name: 'run_shell_command', input: { command, description: 'Run', is_background: false } }),
};
