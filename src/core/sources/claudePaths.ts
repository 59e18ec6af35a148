import { baseName, folderOr, join, listed } from './paths.ts';
import type { HostFacts } from './source.ts';

/**
 * Claude Code keeps `<config>/projects/<slug>/<session>.jsonl`; `CLAUDE_CONFIG_DIR` replaces the default folders and may
 * be a comma list or already end in `projects`. Claude Desktop's local agents keep whole config folders of their own,
 * several levels down, wherever the variable points.
 */
export function claudeRoots(host: HostFacts): readonly string[] {
  const older = join(host, folderOr(host, 'XDG_CONFIG_HOME', join(host, host.home, '.config')), 'claude');
  const folders = [...(configured(host).length > 0 ? [] : [older]), ...claudeFolders(host)];
  const projects = folders.map((folder) => join(host, folder, 'projects'));
  return [...new Set([...projects, ...desktopFolders(host)])];
}

/** Where its settings are; the agent itself takes the first alone. */
export function claudeFolders(host: HostFacts): readonly string[] {
  const folders = configured(host);
  return folders.length > 0 ? folders : [join(host, host.home, '.claude')];
}

function configured(host: HostFacts): readonly string[] {
  const folders = listed(host, 'CLAUDE_CONFIG_DIR').map((folder) => folder.replace(/[\\/]projects$/, ''));
  return [...new Set(folders)];
}

function desktopFolders(host: HostFacts): readonly string[] {
  return desktopData(host).flatMap((folder) =>
    ['local-agent-mode-sessions', 'claude-code-sessions'].map((name) => join(host, folder, name)),
  );
}

function desktopData(host: HostFacts): readonly string[] {
  if (host.platform === 'darwin') return [join(host, host.home, 'Library', 'Application Support', 'Claude')];
  if (host.platform === 'linux') {
    return [join(host, folderOr(host, 'XDG_CONFIG_HOME', join(host, host.home, '.config')), 'Claude')];
  }
  const roaming = folderOr(host, 'APPDATA', join(host, host.home, 'AppData', 'Roaming'));
  const local = folderOr(host, 'LOCALAPPDATA', join(host, host.home, 'AppData', 'Local'));
  // The store package's family name is part of its signature, so this folder is the same on every machine.
  const store = join(host, local, 'Packages', 'Claude_pzs8sxrjxfjjc', 'LocalCache', 'Roaming', 'Claude');
  return [join(host, roaming, 'Claude'), store];
}

/** Transcripts only: not the agent's memory, moved-out tool results, typed history or Desktop's audit stream. */
export function isTranscript(path: string): boolean {
  if (!path.endsWith('.jsonl')) return false;
  if (/(^|\/)(memory|tool-results|file-history)\//.test(path)) return false;
  return !['history.jsonl', 'audit.jsonl'].includes(baseName(path));
}
