import type { Client, Place } from './client.ts';

const config = ({ folder, port }: Place) => `# my own settings
model = "gpt-6-sol"
model_provider = "fake"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.fake]
name = "fake"
base_url = "http://127.0.0.1:${port}/v1"
env_key = "FAKE_KEY"
wire_api = "responses"

[projects."${folder}"]
trust_level = "trusted"

[notice]
hide_full_access_warning = true

[tui]
animations = false
`;

export const codex: Client = {
  id: 'codex',
  label: 'Codex',
  packages: ['@openai/codex@0.169.0'],
  program: 'node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex',
  env: () => ({ FAKE_KEY: 'dummy', RUST_LOG: 'error' }),
  settings: (place) => ({ '.codex/config.toml': config(place), '.codex/hooks.json': null }),
  // The flag is for automation in a throw-away home; that a user has to give consent is a test of its own.
  prompt: (text) => [...withoutTrust, '--dangerously-bypass-hook-trust', text],
  shell: (command) => ({ name: 'exec_command', input: { cmd: command } }),
};

/** The arguments before a prompt whose hooks run only when the user has reviewed them. */
export const withoutTrust = ['exec', '--json', '--skip-git-repo-check'];
