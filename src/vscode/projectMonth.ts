import * as vscode from 'vscode';
import { projectionText } from '../core/messageText.ts';
import type { Engine } from './engineProcess.ts';
import { translate } from './translate.ts';

/** Says in one message where the month is heading; `openView` shows how it was reckoned. */
export async function projectMonth(engine: Pick<Engine, 'query'>, openView: () => void): Promise<void> {
  const projection = await engine.query({ kind: 'projection' });
  const open = vscode.l10n.t('Show Projection');
  const answer = await vscode.window.showInformationMessage(projectionText(projection, translate), open);
  if (answer === open) openView();
}
