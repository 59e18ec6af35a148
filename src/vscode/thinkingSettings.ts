import * as vscode from 'vscode';
import type { ThinkingStatus } from '../core/actions.ts';
import { effortDoneText, effortRows, thinkingRow } from '../core/thinkingText.ts';
import type { ThinkingStep } from '../core/thinkingText.ts';
import type { Engine } from './engineProcess.ts';
import { homeFolder } from './homeFolder.ts';
import type { Timed } from './spans.ts';
import { translate } from './translate.ts';
import { mayChange } from './trust.ts';

/** Shows how each agent thinks and what that cost; then other efforts, the way back, and the file that decides it. */
export async function changeThinking(engine: Pick<Engine, 'act'>, timed: Timed): Promise<void> {
  const all = await engine.act({ kind: 'thinking' });
  const rows = timed('thinking.rows', () => all.map((status) => thinkingRow(status, homeFolder(), translate)))();
  const agent = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Thinking Settings'),
    placeHolder: vscode.l10n.t('Change how which agent thinks?'),
    matchOnDescription: true,
  });
  if (agent === undefined) return;
  const steps = effortRows(agent.status, homeFolder(), translate);
  if (steps.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no setting for effort that can be changed here.', agent.label),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(steps, {
    title: vscode.l10n.t('Thinking Settings: {0}', agent.label),
    placeHolder: agent.description,
  });
  if (picked !== undefined) await carryOut(engine, agent.status, picked.step);
}

async function carryOut(engine: Pick<Engine, 'act'>, { agent }: ThinkingStatus, step: ThinkingStep): Promise<void> {
  if (step.does === 'open') {
    await vscode.window.showTextDocument(vscode.Uri.file(step.path));
  } else if (mayChange()) {
    await setEffort(engine, agent, step.does === 'setEffort' ? step.effort : null);
  }
}

async function setEffort(engine: Pick<Engine, 'act'>, agent: string, effort: string | null): Promise<void> {
  const status = await engine.act({ kind: 'setEffort', agent, effort });
  const putBack = vscode.l10n.t('Put Back');
  const message = effortDoneText(status, homeFolder(), translate);
  const chosen = await vscode.window.showInformationMessage(message, ...(status.canUndo ? [putBack] : []));
  if (chosen === putBack) await setEffort(engine, agent, null);
}
