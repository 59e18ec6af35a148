import type { HostFacts } from './source.ts';

/** Joins folders with the platform's own separator. */
export function join(host: HostFacts, first: string, ...rest: readonly string[]): string {
  const separator = host.platform === 'win32' ? '\\' : '/';
  const trimmed = /^([a-zA-Z]:)?[\\/]$/.test(first) ? first.slice(0, -1) : first.replace(trailing(host), '');
  return [trimmed, ...rest].join(separator);
}

/** The folders of an environment variable that may hold a comma list; empty when it is unset or blank. `~` is the home. */
export function listed(host: HostFacts, variable: string): readonly string[] {
  return (host.env[variable] ?? '')
    .split(',')
    .map((folder) => folder.trim())
    .filter((folder) => folder !== '')
    .map((folder) => (folder === '~' || /^~[\\/]/.test(folder) ? host.home + folder.slice(1) : folder))
    .map((folder) => folder.replace(trailing(host), '') || folder);
}

/** An environment variable's folder, or the given one when it is unset or blank. */
export function folderOr(host: HostFacts, variable: string, otherwise: string): string {
  return host.env[variable]?.trim() || otherwise;
}

/** The last segment of a path with `/` separators. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function trailing(host: HostFacts): RegExp {
  return host.platform === 'win32' ? /[\\/]+$/ : /\/+$/;
}
