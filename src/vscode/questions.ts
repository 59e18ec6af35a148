import * as vscode from 'vscode';
import type { Choice, PreflightQuestion } from '../core/preflight/question.ts';
import { questionText, tooLateText } from '../core/preflightText.ts';
import { createQuestionQueue } from './questionQueue.ts';
import type { QuestionQueue } from './questionQueue.ts';
import type { Timed } from './spans.ts';
import { translate } from './translate.ts';

export interface QuestionsOptions {
  /** Hears of each choice while somebody waits for it. */
  readonly answer: (id: number, choice: Choice) => void;
  /** The user has the agent go on. */
  readonly sent: (question: PreflightQuestion) => void;
  readonly timed: Timed;
}

/** Asks the user in a modal. */
export function createQuestions({ answer, sent, timed }: QuestionsOptions): QuestionQueue {
  return createQuestionQueue({
    show: timed('questions.show', ask),
    answer,
    chosen: timed('questions.chosen', (question: PreflightQuestion, choice: Choice) => {
      if (choice === 'send' || choice === 'always') sent(question);
      if (choice === 'dontSend' && question.prompt !== null) void keepPrompt(question.prompt);
    }),
    tooLate: timed('questions.tooLate', (question: PreflightQuestion, choice: Choice) => {
      if (choice === 'dontSend') void vscode.window.showWarningMessage(tooLateText(question, translate));
    }),
  });
}

type Button = vscode.MessageItem & { readonly choice: Choice };

async function ask(question: PreflightQuestion): Promise<Choice> {
  const { message, detail } = questionText(question, translate);
  const buttons: readonly Button[] = [
    { title: vscode.l10n.t('Send'), choice: 'send' },
    // Escape and the dialog's cross must not spend money.
    { title: vscode.l10n.t('Don’t Send'), choice: 'dontSend', isCloseAffordance: true },
    { title: vscode.l10n.t('Always This Session'), choice: 'always' },
  ];
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  return chosen?.choice ?? 'dontSend';
}

/** The agent drops what it may not send: the prompt goes on the clipboard. It is neither kept nor logged. */
async function keepPrompt(prompt: string): Promise<void> {
  try {
    await vscode.env.clipboard.writeText(prompt);
    void vscode.window.showInformationMessage(vscode.l10n.t('Not sent. The prompt is on the clipboard.'));
  } catch {
    const open = vscode.l10n.t('Open in Editor');
    const message = vscode.l10n.t('Not sent. The prompt could not be put on the clipboard.');
    const chosen = await vscode.window.showWarningMessage(message, open);
    if (chosen !== open) return;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: prompt }));
  }
}
