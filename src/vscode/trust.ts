import * as vscode from 'vscode';

/** Whether files of the user's may be changed from this window; where not, the user is told why. */
export function mayChange(): boolean {
  if (vscode.workspace.isTrusted) return true;
  void refuse();
  return false;
}

async function refuse(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const message = vscode.l10n.t(
    'This workspace is not trusted: from here Burn Meter sets nothing up and changes no agent’s settings.',
  );
  const chosen = await vscode.window.showInformationMessage(message, manage);
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
