import * as vscode from 'vscode';
import { settingsSchema, usableSettings } from '../core/settings.ts';
import type { Settings } from '../core/settings.ts';

const section = 'burnMeter';

/** The user's settings; `refused` hears in words of each value that cannot be used. */
export function readSettings(refused: (message: string) => void): Settings {
  const config = vscode.workspace.getConfiguration(section);
  const values = Object.fromEntries(Object.keys(settingsSchema.shape).map((key) => [key, config.get<unknown>(key)]));
  const usable = usableSettings(values);
  for (const what of usable.refused) refused(`A setting is not usable and left out: ${section}.${what}`);
  return usable.settings;
}

/** Calls `changed` whenever one of our settings changes. */
export function onSettingsChange(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) changed();
  });
}
