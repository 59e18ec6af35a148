/** Looks an English text up in the user's language and fills `{0}`, `{1}` … with the values, as `vscode.l10n.t` does. */
export type Translate = (text: string, ...values: (string | number)[]) => string;

/** English as it stands, its holes filled. */
export const untranslated: Translate = (text, ...values) =>
  text.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
