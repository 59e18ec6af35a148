/** An error as a sentence for the user or the log. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
