import { folderOr, join } from '../sources/paths.ts';
import { plainEffort } from './plainEffort.ts';

/** Copilot CLI (agent-logs §4.5): `effortLevel` in `~/.copilot/settings.json`; efforts only, no cap. */
export const copilotThinking = plainEffort({
  id: 'copilot',
  label: 'Copilot CLI',
  format: 'json',
  key: ['effortLevel'],
  off: ['none'],
  efforts: ['low', 'medium', 'high', 'xhigh'],
  traces: (host) => [folderOr(host, 'COPILOT_HOME', join(host, host.home, '.copilot'))],
  paths: (host) => [join(host, folderOr(host, 'COPILOT_HOME', join(host, host.home, '.copilot')), 'settings.json')],
});
