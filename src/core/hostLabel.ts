// Which machine's home is metered, when it is not the one in front of the user.

/**
 * A short name such as `ssh:devbox`, empty for the local machine. `remoteName` is VS Code's (`ssh-remote`, `wsl`, an
 * authority in a browser), `hostname` the metered machine's own name, `env` its environment.
 */
export function hostLabel(
  remoteName: string | undefined,
  hostname: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (remoteName === undefined || remoteName === '') return '';
  if (remoteName === 'wsl') return named('wsl', env['WSL_DISTRO_NAME'] ?? hostname);
  if (remoteName === 'codespaces') return named('codespace', env['CODESPACE_NAME'] ?? hostname);
  if (remoteName === 'ssh-remote') return named('ssh', hostname);
  if (remoteName === 'tunnel') return named('tunnel', hostname);
  if (remoteName.endsWith('container')) return named('container', hostname);
  // A browser's workbench gives the server's address or a product's own word here.
  return named('remote', hostname);
}

function named(kind: string, name: string): string {
  return name === '' ? kind : `${kind}:${name}`;
}
