import assert from 'node:assert/strict';
import { hostLabel } from '../../../src/core/hostLabel.ts';

const env = { WSL_DISTRO_NAME: 'Ubuntu', CODESPACE_NAME: 'fuzzy-disco' };

const cases: readonly (readonly [remoteName: string | undefined, env: Record<string, string>, label: string])[] = [
  [undefined, env, ''],
  ['', env, ''],
  ['ssh-remote', {}, 'ssh:devbox'],
  ['wsl', env, 'wsl:Ubuntu'],
  ['wsl', {}, 'wsl:devbox'],
  ['codespaces', env, 'codespace:fuzzy-disco'],
  ['dev-container', {}, 'container:devbox'],
  ['attached-container', {}, 'container:devbox'],
  ['tunnel', {}, 'tunnel:devbox'],
  ['127.0.0.1:8080', {}, 'remote:devbox'],
];

describe('host label', () => {
  for (const [remoteName, variables, label] of cases) {
    it(`is "${label}" for ${remoteName}`, () => assert.equal(hostLabel(remoteName, 'devbox', variables), label));
  }
  it('does without a hostname', () => assert.equal(hostLabel('ssh-remote', '', {}), 'ssh'));
});
