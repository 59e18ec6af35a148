import { copilotFolder } from '../sources/copilotPaths.ts';
import { join } from '../sources/paths.ts';
import { plainEffort } from './plainEffort.ts';

/**
 * Copilot CLI (agent-logs §4.5): `effortLevel` in `~/.copilot/settings.json`; efforts only, no cap. Read in 1.0.102, where it
 * goes with the model chosen in the same file: a model named by a flag or `COPILOT_MODEL` goes out with its default effort.
 */
export const copilotThinking = plainEffort({
  id: 'copilot',
  label: 'Copilot CLI',
  format: 'json',
  chooses: { variable: 'COPILOT_MODEL', key: ['model'], names: new Map() },
  key: ['effortLevel'],
  off: ['none'],
  efforts: ['low', 'medium', 'high', 'xhigh'],
  traces: (host) => [copilotFolder(host)],
  paths: (host) => [join(host, copilotFolder(host), 'settings.json')],
});
