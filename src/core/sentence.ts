/** A text with a full stop where it has no end of its own. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** What an estimate is made of, as one sentence; empty when nothing is named. */
export function reasonsSentence(reasons: readonly string[]): string {
  const text = reasons.join('; ');
  return asSentence(text.charAt(0).toUpperCase() + text.slice(1));
}
