import * as vscode from 'vscode';
import { budgetNews } from '../core/budgetNews.ts';
import type { CommandName } from '../core/commands.ts';
import { withoutLinks } from '../core/markdown.ts';
import { warningText } from '../core/messageText.ts';
import type { InFlightWarning } from '../core/protocol.ts';
import { refreshOffer } from '../core/refreshOffer.ts';
import type { Settings } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { runCommand } from './commands.ts';
import type { EngineEvent } from './engineProcess.ts';
import type { Timed } from './spans.ts';
import { translate } from './translate.ts';

/** Where the last word about the budget is kept, over reloads and in every window. */
const saidKey = 'budgetSaid';
/** Set once the user was asked whether prices may be fetched. */
const askedKey = 'askedToRefreshPrices';

/** Everything that interrupts the user, each thing once and none of it modal. */
export interface Notifier {
  warn(warning: InFlightWarning): void;
  notice(notice: Extract<EngineEvent, { type: 'notice' }>): void;
  /** Speaks up when the snapshot has news about the budget, and asks once about a model without a price. */
  render(snapshot: Snapshot): void;
  /** The engine does not stay alive. */
  readonly trouble: () => void;
}

export function createNotifier(state: vscode.Memento, settings: () => Settings, timed: Timed): Notifier {
  /** Agents' sessions that the user wants no more warnings about. */
  const muted = new Set<string>();
  const say = (level: Level, message: string, actions: readonly Action[]): void => {
    const chosen = timed('notifier.chosen', (action: Action | undefined) => action?.run());
    void show(level, message, actions).then(chosen);
  };
  const budget = (snapshot: Snapshot): void => {
    const news = budgetNews(snapshot, state.get<string>(saidKey));
    if (news === null) return;
    void state.update(saidKey, news.said);
    const level = news.verdict.level === 'error' ? 'error' : 'warning';
    say(level, news.verdict.reason, [breakdownAction(), settingAction('dailyBudget')]);
  };
  const offer = (snapshot: Snapshot): void => {
    const question = refreshOffer(snapshot, settings(), state.get<boolean>(askedKey) === true, translate);
    if (question === null) return;
    void state.update(askedKey, true);
    const no = { title: vscode.l10n.t('No'), run: () => undefined };
    say('info', withoutLinks(question), [{ title: vscode.l10n.t('Fetch Prices'), run: turnOnRefresh }, no]);
  };
  return {
    warn(warning) {
      const here = warning.inWindow || vscode.window.state.focused;
      if (!here || muted.has(warning.session)) return;
      const mute = { title: vscode.l10n.t('Don’t Warn Again This Session'), run: () => muted.add(warning.session) };
      say('warning', warningText(warning, translate), [breakdownAction(), mute, settingAction('warnAbove')]);
    },
    notice({ level, message }) {
      say(level, message, [logAction()]);
    },
    render(snapshot) {
      // Only the window in use speaks; another one finds it said.
      if (!vscode.window.state.focused) return;
      budget(snapshot);
      offer(snapshot);
    },
    trouble() {
      const message = vscode.l10n.t('Burn Meter’s engine keeps ending. Figures stand still until it runs again.');
      say('error', message, [logAction()]);
    },
  };
}

function turnOnRefresh(): Thenable<void> {
  const everywhere = vscode.ConfigurationTarget.Global;
  return vscode.workspace.getConfiguration('burnMeter').update('refreshPrices', true, everywhere);
}

interface Action extends vscode.MessageItem {
  readonly run: () => unknown;
}

type Level = 'info' | 'warning' | 'error';

function show(level: Level, message: string, actions: readonly Action[]): Thenable<Action | undefined> {
  if (level === 'error') return vscode.window.showErrorMessage(message, ...actions);
  if (level === 'warning') return vscode.window.showWarningMessage(message, ...actions);
  return vscode.window.showInformationMessage(message, ...actions);
}

function commandAction(title: string, name: CommandName): Action {
  return { title, run: () => runCommand(name) };
}

function breakdownAction(): Action {
  return commandAction(vscode.l10n.t('Show Breakdown'), 'showBreakdown');
}

function logAction(): Action {
  return commandAction(vscode.l10n.t('Show Log'), 'showLog');
}

function settingAction(setting: string): Action {
  const open = (): void => void vscode.commands.executeCommand('workbench.action.openSettings', `burnMeter.${setting}`);
  return { title: vscode.l10n.t('Settings'), run: open };
}
