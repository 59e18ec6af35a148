import * as vscode from 'vscode';
import { commandId, commandNames } from '../core/commands.ts';
import type { CommandName } from '../core/commands.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Engine } from './engineProcess.ts';
import { explainNumber } from './explainNumber.ts';
import { exportData } from './exportData.ts';
import type { Panel } from './panel.ts';
import { setUpPreflight } from './preflightSetup.ts';
import { projectMonth } from './projectMonth.ts';
import { snoozePreflight } from './snooze.ts';
import type { Timed } from './spans.ts';
import { changeThinking } from './thinkingSettings.ts';

export interface CommandOptions {
  readonly engine: Engine;
  readonly panel: Pick<Panel, 'open'>;
  /** Null before the engine's first word. */
  readonly latest: () => Snapshot | null;
  readonly log: vscode.LogOutputChannel;
  readonly timed: Timed;
}

export function registerCommands(options: CommandOptions): vscode.Disposable {
  const handlers = commandHandlers(options);
  return vscode.Disposable.from(
    ...commandNames.map((name) =>
      vscode.commands.registerCommand(
        commandId(name),
        options.timed(`command.${name}`, () => Promise.resolve(handlers[name]()).catch(showFailure)),
      ),
    ),
  );
}

/** Runs one of our own commands, as a click would. */
export function runCommand(name: CommandName): void {
  void vscode.commands.executeCommand(commandId(name));
}

/** Keeps the context key by which the palette offers to cancel or resume a scan. */
export function showScanCommands(): { render(snapshot: Snapshot): void } {
  let shown = '';
  return {
    render({ scan }) {
      if (scan.state === shown) return;
      shown = scan.state;
      void vscode.commands.executeCommand('setContext', 'burnMeter.scan', shown);
    },
  };
}

function commandHandlers(options: CommandOptions): Record<CommandName, () => void | Promise<void>> {
  const { engine, panel, latest, log, timed } = options;
  return {
    showBreakdown: () => panel.open({ type: 'show', view: 'breakdown' }),
    projectMonth: () => projectMonth(engine, () => panel.open({ type: 'show', view: 'projection' })),
    explainNumber: () => explainNumber(engine, timed, (call) => panel.open({ type: 'explain', call })),
    exportData: () => exportData(engine),
    openPricing: () => panel.open({ type: 'show', view: 'prices' }),
    preflightHooks: () => setUpPreflight(engine, timed),
    thinkingSettings: () => changeThinking(engine, timed),
    snoozePreflight: () => snoozePreflight(engine, latest()),
    showLog: () => log.show(),
    rebuildLedger: () => rebuildLedger(engine),
    cancelScan: () => engine.send({ type: 'cancelScan' }),
    resumeScan: () => engine.send({ type: 'resumeScan' }),
  };
}

async function rebuildLedger(engine: Engine): Promise<void> {
  const rebuild = vscode.l10n.t('Rebuild');
  const detail = vscode.l10n.t(
    'Every record of your agents is read and priced again from its start. Calls whose records are gone stay as they are. Figures may move until it is done.',
  );
  const question = vscode.l10n.t('Rebuild Burn Meter’s ledger?');
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, rebuild);
  if (answer === rebuild) engine.send({ type: 'rebuild' });
}

function showFailure(reason: unknown): void {
  const why = reason instanceof Error ? reason.message : String(reason);
  void vscode.window.showErrorMessage(vscode.l10n.t('Burn Meter: {0}', why));
}
