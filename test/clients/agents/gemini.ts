import type { Client } from './client.ts';

const settings = `{
  // mine
  "model": { "name": "gemini-2.5-pro" },
  "security": { "auth": { "selectedType": "gemini-api-key" }, "folderTrust": { "enabled": false } },
  "privacy": { "usageStatisticsEnabled": false },
  "general": { "enableAutoUpdate": false,
               "vimMode": false }
}
`;

export const gemini: Client = {
  id: 'gemini',
  label: 'Gemini CLI',
  packages: ['@google/gemini-cli@0.61.0'],
  program: 'node_modules/@google/gemini-cli/bundle/gemini.js',
  env: ({ port }) => ({
    GEMINI_API_KEY: 'dummy',
    GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${port}`,
    GEMINI_CLI_NO_RELAUNCH: 'true',
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
    SANDBOX: '',
  }),
  settings: () => ({ '.gemini/settings.json': settings }),
  prompt: (text) => ['-p', text, '--output-format', 'json', '--approval-mode', 'yolo'],
  shell: (command) => ({ name: 'run_shell_command', input: { command, description: 'Run' } }),
};
