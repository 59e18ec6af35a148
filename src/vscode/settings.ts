import * as vscode from 'vscode';
import { settingsSchema, usableSettings } from '../core/settings.ts';
import type { Usable } from '../core/settings.ts';

const section = 'burnMeter';

/** The user's settings, and in words what of them cannot be used. */
export function readSettings(): Usable {
  const config = vscode.workspace.getConfiguration(section);
  const values = Object.fromEntries(Object.keys(settingsSchema.shape).map((key) => [key, config.get<unknown>(key)]));
  const { settings, refused } = usableSettings(values);
  return { settings, refused: refused.map((what) => `${section}.${what}`) };
}

/** Calls `changed` whenever one of our settings changes. */
export function onSettingsChange(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) changed();
  });
}
