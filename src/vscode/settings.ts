import * as vscode from 'vscode';
import { settingsSchema } from '../core/settings.ts';
import type { Settings } from '../core/settings.ts';

const section = 'burnMeter';

/** The user's settings. A bad value falls back to its default, and `refused` hears of it in words. */
export function readSettings(refused: (message: string) => void): Settings {
  const config = vscode.workspace.getConfiguration(section);
  const values: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(settingsSchema.shape)) {
    values[key] = config.get<unknown>(key);
    const checked = field.unwrap().unwrap().safeParse(values[key]);
    if (values[key] === undefined || checked.success) continue;
    const issue = checked.error.issues[0];
    const where = [section, key, ...(issue?.path ?? [])].join('.');
    refused(`The setting ${where} is not usable, its default holds: ${issue?.message ?? 'invalid'}`);
  }
  return settingsSchema.parse(values);
}

/** Calls `changed` whenever one of our settings changes. */
export function onSettingsChange(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) changed();
  });
}
