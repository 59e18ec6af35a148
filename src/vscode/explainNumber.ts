import * as vscode from 'vscode';
import { folderName } from '../core/folderName.ts';
import { callTitle } from '../core/messageText.ts';
import type { CallDetail } from '../core/query.ts';
import type { Engine } from './engineProcess.ts';
import type { Timed } from './spans.ts';
import { translate } from './translate.ts';

/** How many of the newest calls are offered; older ones are found in the breakdown. */
const offered = 50;

type CallItem = vscode.QuickPickItem & { readonly call: number };

/** Lets the user pick one of the newest calls, the last one on top, and has `explain` show its arithmetic. */
export async function explainNumber(
  engine: Pick<Engine, 'query'>,
  timed: Timed,
  explain: (call: number) => void,
): Promise<void> {
  const { calls } = await engine.query({ kind: 'calls', span: 'all', filter: {}, limit: offered, offset: 0 });
  if (calls.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no call to explain yet.'));
    return;
  }
  const items = timed('explain.items', () => callItems(calls))();
  const placeHolder = vscode.l10n.t('Explain which call? The last one is on top.');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  if (picked !== undefined) explain(picked.call);
}

function callItems(calls: readonly CallDetail[]): CallItem[] {
  const time = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'medium' });
  return calls.map((call) => ({
    label: callTitle(call, translate),
    description: time.format(call.at),
    detail: [call.project === null ? null : folderName(call.project), call.branch]
      .filter((part) => part !== null)
      .join(' · '),
    call: call.id,
  }));
}
