import * as vscode from 'vscode';
import type { Answers, Query } from '../core/query.ts';

/** The files of the agents' records that an answer names. */
export function recordFiles(answer: Answers[Query['kind']]): string[] {
  if (answer === null) return [];
  if ('file' in answer) return [answer.file];
  if ('calls' in answer && Array.isArray(answer.calls)) return answer.calls.map((call) => call.file);
  return 'problems' in answer ? answer.problems.map((problem) => problem.file) : [];
}

/** Shows a record in the agent's own file; `line` counts from 1. */
export function openRecord(file: string, line: number): void {
  const at = new vscode.Position(Math.max(line - 1, 0), 0);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(at, at), preview: true };
  vscode.window.showTextDocument(vscode.Uri.file(file), options).then(undefined, (reason: unknown) => {
    const why = reason instanceof Error ? reason.message : String(reason);
    void vscode.window.showErrorMessage(vscode.l10n.t('The record cannot be opened: {0}', why));
  });
}
