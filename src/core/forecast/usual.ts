/** Tokens before a first prompt: Claude Code 2.1.329 sends 13k of its own, Codex 0.169 9k to 13k, and projects add theirs. */
export const usualPreamble = 14_000;
