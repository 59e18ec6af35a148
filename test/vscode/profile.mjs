// @ts-check
// Throw-away homes and VS Code profiles: nothing that runs in one sees the user's own files.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** User settings of a throw-away profile: no AI, no gallery, no welcome pages, nothing off the machine. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'window.confirmBeforeClose': 'never',
  'workbench.editor.useModal': 'off',
};

/** @param {string} [prefix] */
export function temporaryFolder(prefix = 'burn-meter-') {
  return fs.mkdtempSync(path.join(os.tmpdir(), prefix));
}

/** @param {string} folder */
export function removeFolder(folder) {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/**
 * An environment in which `home` is the whole world: agents' roots, caches, data and configuration are below it.
 * @param {string} home
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(home) {
  const env = editorFreeEnvironment();
  for (const name of Object.keys(env)) if (/^(CLAUDE_|CODEX_|ANTHROPIC_|OPENAI_)/.test(name)) delete env[name];
  return {
    ...env,
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_STATE_HOME: path.join(home, '.local/state'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    LOCALAPPDATA: path.join(home, 'AppData/Local'),
    APPDATA: path.join(home, 'AppData/Roaming'),
  };
}

/**
 * This process's environment less what a terminal inside VS Code adds, which would steer the VS Code we start.
 * @returns {NodeJS.ProcessEnv}
 */
export function editorFreeEnvironment() {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (/^(VSCODE_(?!TEST)|ELECTRON_|NODE_OPTIONS$)/.test(name)) delete env[name];
  return env;
}

/**
 * Lays out the folders of a VS Code profile.
 * @param {string} profile
 * @param {Record<string, unknown>} [settings]
 */
export function layOutProfile(profile, settings = {}) {
  const folders = {
    user: path.join(profile, 'user'),
    extensions: path.join(profile, 'extensions'),
    server: path.join(profile, 'server'),
  };
  for (const folder of Object.values(folders)) fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folders.user, 'User/settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (!fs.existsSync(file)) fs.writeFileSync(file, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  return { ...folders, settings: file };
}

/**
 * Has an unpacked extension installed as it stands, beside what is there.
 * @param {string} extensions the profile's extensions folder
 * @param {string} folder
 */
export function installUnpacked(extensions, folder) {
  const list = path.join(extensions, 'extensions.json');
  const installed = fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : [];
  const { publisher, name, version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const location = { $mid: 1, path: folder, scheme: 'file' };
  const metadata = { installedTimestamp: 0, source: 'vsix' };
  installed.push({ identifier: { id: `${publisher}.${name}` }, version, location, metadata });
  fs.writeFileSync(list, JSON.stringify(installed));
}
