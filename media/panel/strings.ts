/** Looks an English text up in the host's translations and fills `{0}`, `{1}` … with the arguments. */
export type Translate = (text: string, ...values: readonly (string | number)[]) => string;

/** English texts are their own keys, as in `vscode.l10n`, so that a bundle from there can be handed over as it is. */
export function createTranslate(strings: Readonly<Record<string, string>>): Translate {
  const known = new Map(Object.entries(strings));
  return (text, ...values) =>
    (known.get(text) ?? text).replace(/\{(\d)\}/g, (hole, n: string) => String(values[Number(n)] ?? hole));
}
