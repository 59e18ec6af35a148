/** The user's home on the metered machine, to shorten paths by; '' when the environment names none. */
export function homeFolder(): string {
  return process.env['HOME'] ?? process.env['USERPROFILE'] ?? '';
}
