import * as vscode from 'vscode';
import { budgetNews } from '../core/budgetNews.ts';
import type { CommandName } from '../core/commands.ts';
import { withoutLinks } from '../core/markdown.ts';
import { refusedSettingsText, warningText } from '../core/messageText.ts';
import type { Choice, PreflightQuestion } from '../core/preflight/question.ts';
import { adviceText } from '../core/preflightText.ts';
import type { InFlightWarning } from '../core/protocol.ts';
import { refreshOffer } from '../core/refreshOffer.ts';
import type { Settings } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { runCommand } from './commands.ts';
import type { EngineEvent } from './engineProcess.ts';
import { createQuestions } from './questions.ts';
import type { Timed } from './spans.ts';
import { createTold } from './told.ts';
import type { Told } from './told.ts';
import { translate } from './translate.ts';

/** Where the last word about the budget is kept, over reloads and in every window. */
const saidKey = 'budgetSaid';
/** Set once the user was asked whether prices may be fetched. */
const askedKey = 'askedToRefreshPrices';

/** Everything that the engine says beside its snapshots. */
export type Word = Exclude<EngineEvent, { type: 'snapshot' }>;

export interface NotifierOptions {
  readonly state: vscode.Memento;
  readonly settings: () => Settings;
  /** What of the user's settings cannot be used, in words. */
  readonly refused: () => readonly string[];
  /** Hears the user's choice while the engine waits for it. */
  readonly answer: (id: number, choice: Choice) => void;
  readonly timed: Timed;
}

/** Everything that interrupts the user, each thing once, and modal only what holds a prompt back. */
export interface Notifier {
  hear(word: Word): void;
  /** Speaks up when the snapshot has news about the budget, and asks once about a model without a price. */
  render(snapshot: Snapshot): void;
  /** Speaks up when settings are left out: a cap that does not hold must not look as if it did. */
  settingsChanged(): void;
  /** The engine does not stay alive. */
  trouble(): void;
  /** The engine ended: what it asked is void. */
  engineEnded(): void;
}

export function createNotifier({ state, settings, refused, answer, timed }: NotifierOptions): Notifier {
  const say: Say = (level, message, actions) => {
    const chosen = timed('notifier.chosen', (action: Action | undefined) => action?.run());
    void show(level, message, actions).then(chosen);
  };
  const told = createTold();
  const questions = createQuestions({ answer, sent: (question) => told.tell(question), timed });
  const warnings = createWarnings(say, told);
  const tellRefused = createRefusals(say, refused);
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
    hear(word) {
      if (word.type === 'warning') warnings.warn(word.warning);
      else if (word.type === 'advice') warnings.advise(word.question);
      else if (word.type === 'ask') questions.ask(word.id, word.question);
      else if (word.type === 'askOver') questions.over(word.id);
      else say(word.level, word.message, [logAction()]);
    },
    render(snapshot) {
      // Only the window in use speaks; another one finds it said.
      if (!vscode.window.state.focused) return;
      budget(snapshot);
      offer(snapshot);
      tellRefused();
    },
    settingsChanged: tellRefused,
    trouble() {
      const message = vscode.l10n.t('Burn Meter’s engine keeps ending. Figures stand still until it runs again.');
      say('error', message, [logAction()]);
    },
    engineEnded: () => questions.overAll(),
  };
}

/** Tells of settings that are left out, the same ones once a window and in the window in use. */
function createRefusals(say: Say, refused: () => readonly string[]): () => void {
  let said = '';
  return () => {
    const [first, ...more] = refused();
    const all = [first, ...more].join();
    if (all === said || !vscode.window.state.focused) return;
    said = all;
    if (first === undefined) return;
    const name = first.slice('burnMeter.'.length).split(/[.:]/)[0] ?? '';
    say('warning', refusedSettingsText(first, more.length, translate), [settingAction(name), logAction()]);
  };
}

interface Warnings {
  warn(warning: InFlightWarning): void;
  /** What a rule says that only warns, or a cap that refused. */
  advise(question: PreflightQuestion): void;
}

function createWarnings(say: Say, told: Told): Warnings {
  /** Agents' sessions that the user wants no more warnings about. */
  const muted = new Set<string>();
  const muteAction = (session: string): Action => ({
    title: vscode.l10n.t('Don’t Warn Again This Session'),
    run: () => muted.add(session),
  });
  return {
    warn(warning) {
      const here = warning.inWindow || vscode.window.state.focused;
      if (!here || muted.has(warning.session) || told.covers(warning)) return;
      const actions = [breakdownAction(), muteAction(warning.session), settingAction('warnAbove')];
      say('warning', warningText(warning, translate), actions);
    },
    advise(question) {
      const { session, findings } = question;
      const message = adviceText(question, translate);
      if (findings.some(({ action }) => action === 'deny')) return say('warning', message, [settingAction('caps')]);
      if (muted.has(session)) return;
      told.tell(question);
      const snooze = commandAction(vscode.l10n.t('Snooze'), 'snoozePreflight');
      say('warning', message, [snooze, muteAction(session), settingAction('preflightRules')]);
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
type Say = (level: Level, message: string, actions: readonly Action[]) => void;

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
