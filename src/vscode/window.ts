import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { hostLabel } from '../core/hostLabel.ts';
import type { ToEngine } from '../core/protocol.ts';
import type { Settings } from '../core/settings.ts';
import type { Timed } from './spans.ts';

/** What a new engine must be told before it is of use. */
export function greeting(settings: Settings, timeZone: string): ToEngine[] {
  const host = hostLabel(vscode.env.remoteName, hostname(), process.env);
  return [
    { type: 'start', settings, folders: folders(), timeZone, host, trusted: vscode.workspace.isTrusted },
    focus(),
  ];
}

/** Tells of each change of the window's folders and focus, and when the user comes to trust its workspace. */
export function followWindow(tell: (message: ToEngine) => void, timed: Timed): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(
      timed('window.folders', () => tell({ type: 'folders', folders: folders() })),
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(timed('window.trust', () => tell({ type: 'trust' }))),
    vscode.window.onDidChangeWindowState(timed('window.focus', () => tell(focus()))),
  );
}

/** Absolute paths on the metered machine; no agent works in a virtual folder. */
function folders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath);
}

function focus(): ToEngine {
  return { type: 'focus', focused: vscode.window.state.focused };
}
