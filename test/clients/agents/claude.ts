import type { Client } from './client.ts';

const version = '2.1.329';
const key = 'sk-ant-dummy-00000000000000000000000000';

const tools = 'Bash,Read,Write,Edit,Glob,Grep,Agent,Task';

export const claude: Client = {
  id: 'claude',
  label: 'Claude Code',
  packages: [`@anthropic-ai/claude-code@${version}`, `@anthropic-ai/claude-code-linux-x64@${version}`],
  program: 'node_modules/@anthropic-ai/claude-code-linux-x64/claude',
  env: ({ port }) => ({
    ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`,
    ANTHROPIC_API_KEY: key,
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_TELEMETRY: '1',
    // It asks for more when it runs as root.
    IS_SANDBOX: '1',
  }),
  settings: () => ({
    '.claude/settings.json': `{
    "model": "claude-opus-5-5",
    "permissions": { "allow": ["Bash(*)", "Agent(*)"], "defaultMode": "default" },
    "hooks": {
        "UserPromptSubmit": [ { "hooks": [ { "type": "command", "command": "touch ~/foreign-hook-ran" } ] } ]
    }
}
`,
  }),
  state: ({ folder }) => ({
    // Onboarding, the key and the folder's trust are answered for this home only.
    '.claude.json': JSON.stringify({
      hasCompletedOnboarding: true,
      lastOnboardingVersion: version,
      numStartups: 5,
      theme: 'dark',
      customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
      projects: { [folder]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true, allowedTools: [] } },
    }),
  }),
  prompt: (text) => ['-p', text, '--output-format', 'json', '--allowedTools', tools],
  shell: (command) => ({ name: 'Bash', input: { command, description: 'Run' } }),
};

/** Starts a subagent and waits for it. */
export const subagent = (prompt: string) => ({
  name: 'Agent',
  input: { description: 'A job', prompt, subagent_type: 'general-purpose', run_in_background: false },
});
