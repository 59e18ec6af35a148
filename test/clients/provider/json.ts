// Reading requests of any shape: what is not there is empty.

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Tokens as the fake provider counts them: a token per four bytes of UTF-8. */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / 4);
