import * as vscode from 'vscode';
import type { Span } from '../core/query.ts';
import type { Engine } from './engineProcess.ts';
import { homeFolder } from './homeFolder.ts';

/** Asks for a period, a format and a file, and has the engine write it. */
export async function exportData(engine: Pick<Engine, 'query'>): Promise<void> {
  const period = await vscode.window.showQuickPick(periods(), {
    placeHolder: vscode.l10n.t('Export calls of which period?'),
  });
  if (period === undefined) return;
  const format = await vscode.window.showQuickPick(formats(), { placeHolder: vscode.l10n.t('Export as') });
  if (format === undefined) return;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Calls'),
    defaultUri: defaultTarget(`burn-meter-${period.name}.${format.format}`),
    filters: { [format.label]: [format.format] },
  });
  if (target === undefined) return;
  // The engine writes on the metered machine; a browser's or the other side's file is out of its reach.
  if (target.scheme !== 'file') throw new Error(vscode.l10n.t('Choose a file on the metered machine.'));
  const query = { kind: 'export', span: period.span, filter: {}, format: format.format, path: target.fsPath } as const;
  const { calls, path } = await engine.query(query);
  const open = vscode.l10n.t('Open');
  const said =
    calls === 1 ? vscode.l10n.t('1 call written to {0}', path) : vscode.l10n.t('{0} calls written to {1}', calls, path);
  if ((await vscode.window.showInformationMessage(said, open)) === open) await vscode.window.showTextDocument(target);
}

function periods(): (vscode.QuickPickItem & { span: Span; name: string })[] {
  return [
    { label: vscode.l10n.t('Today'), span: 'today', name: 'today' },
    { label: vscode.l10n.t('Last 7 Days'), span: '7d', name: '7-days' },
    { label: vscode.l10n.t('Last 30 Days'), span: '30d', name: '30-days' },
    { label: vscode.l10n.t('This Month'), span: 'month', name: 'month' },
    { label: vscode.l10n.t('All'), span: 'all', name: 'all' },
  ];
}

function formats(): (vscode.QuickPickItem & { format: 'csv' | 'json' })[] {
  return [
    { label: 'CSV', description: vscode.l10n.t('one line per call, for spreadsheets'), format: 'csv' },
    { label: 'JSON', description: vscode.l10n.t('with price components and rates'), format: 'json' },
  ];
}

function defaultTarget(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder?.scheme === 'file') return vscode.Uri.joinPath(folder, name);
  return vscode.Uri.joinPath(vscode.Uri.file(homeFolder() || '/'), name);
}
