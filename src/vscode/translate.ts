import * as vscode from 'vscode';
import type { Translate } from '../core/translate.ts';

/** The user's language for texts that core composes. */
export const translate: Translate = (text, ...values) => vscode.l10n.t(text, ...values);
