import { untranslated } from '../../src/core/translate.ts';
import type { Translate } from '../../src/core/translate.ts';

/** English texts are their own keys, as in `vscode.l10n`, so that a bundle from there can be handed over as it is. */
export function createTranslate(strings: Readonly<Record<string, string>>): Translate {
  const known = new Map(Object.entries(strings));
  return (text, ...values) => untranslated(known.get(text) ?? text, ...values);
}
