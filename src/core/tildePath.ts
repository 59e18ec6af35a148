/** A path as people write it: `~/.claude/settings.json` below `home`, which may be ''. */
export function tildePath(path: string, home: string): string {
  const folder = home.replace(/[\\/]+$/, '');
  if (folder === '' || !path.startsWith(folder)) return path;
  const rest = path.slice(folder.length);
  return /^[\\/]/.test(rest) ? `~${rest}` : path;
}
