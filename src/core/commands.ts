// The one table of commands: package.json, the host's handlers and the tooltip's links are held to it.

/** The part of each command's id after `burnMeter.`. */
export const commandNames = [
  'showBreakdown',
  'projectMonth',
  'explainNumber',
  'exportData',
  'openPricing',
  'preflightHooks',
  'thinkingSettings',
  'snoozePreflight',
  'showLog',
  'rebuildLedger',
  'cancelScan',
  'resumeScan',
] as const;
export type CommandName = (typeof commandNames)[number];

/** The palette's titles, shown after "Burn Meter:". */
export const commandTitles: Readonly<Record<CommandName, string>> = {
  showBreakdown: 'Show Breakdown',
  projectMonth: 'Project This Month',
  explainNumber: 'Explain This Number',
  exportData: 'Export Calls as CSV or JSON…',
  openPricing: 'Open Pricing Table',
  preflightHooks: 'Set Up Pre-flight Prompts…',
  thinkingSettings: 'Thinking Settings…',
  snoozePreflight: 'Snooze Pre-flight Prompts…',
  showLog: 'Show Log',
  rebuildLedger: 'Rebuild Ledger…',
  cancelScan: 'Cancel Scan',
  resumeScan: 'Resume Scan',
};

export function commandId(name: CommandName): string {
  return `burnMeter.${name}`;
}
