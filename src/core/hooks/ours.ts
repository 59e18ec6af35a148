/** The relay's folder as it stands in every line and file of ours, whatever the version and the machine's data folder. */
const relay = /burn-meter[\\/]+preflight/;

/** Whether an entry of an agent's settings, or a file's text, is one of ours: it leads to the relay. */
export function isOurs(value: unknown): boolean {
  if (typeof value === 'string') return relay.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isOurs);
}
