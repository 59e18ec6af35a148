import * as vscode from 'vscode';
import type { HookStatus } from '../core/actions.ts';
import { hookRows, hooksDoneText } from '../core/hooksText.ts';
import type { Engine } from './engineProcess.ts';
import { homeFolder } from './homeFolder.ts';
import type { Timed } from './spans.ts';
import { translate } from './translate.ts';
import { mayChange } from './trust.ts';

/** Shows where each agent's pre-flight hooks stand; picking one sets it up or takes it back. */
export async function setUpPreflight(engine: Pick<Engine, 'act'>, timed: Timed): Promise<void> {
  if (!mayChange()) return;
  const all = await engine.act({ kind: 'hooks' });
  const rows = timed('preflight.rows', () => hookRows(all, homeFolder(), translate))();
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Set Up Pre-flight Prompts'),
    placeHolder: vscode.l10n.t('Pick an agent to set it up, or to take it back.'),
    matchOnDescription: true,
  });
  if (picked === undefined) return;
  const { status, turnsOn } = picked;
  if (turnsOn !== null) return set(engine, status, turnsOn, true);
  void vscode.window.showInformationMessage(vscode.l10n.t('{0} was not found on this machine.', status.label));
}

async function set(engine: Pick<Engine, 'act'>, before: HookStatus, on: boolean, undoable: boolean): Promise<void> {
  const after = await engine.act({ kind: 'setHooks', agent: before.agent, on });
  const undo = vscode.l10n.t('Undo');
  const message = hooksDoneText(after, homeFolder(), translate);
  const chosen = await vscode.window.showInformationMessage(message, ...(undoable ? [undo] : []));
  if (chosen === undo) await set(engine, after, !on, false);
}
