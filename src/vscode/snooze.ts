import * as vscode from 'vscode';
import type { Snapshot } from '../core/snapshot.ts';
import { whenText } from '../core/whenText.ts';
import type { Engine } from './engineProcess.ts';
import { mayChange } from './trust.ts';

const minute = 60_000;

/** Asks for how long no pre-flight question is wanted, or ends such a time. */
export async function snoozePreflight(engine: Pick<Engine, 'act'>, latest: Snapshot | null): Promise<void> {
  if (!mayChange()) return;
  const now = Date.now();
  const title = vscode.l10n.t('Snooze Pre-flight Prompts');
  const placeHolder = vscode.l10n.t('No questions for how long? Hard caps still hold.');
  const picked = await vscode.window.showQuickPick(choices(now, latest), { title, placeHolder });
  if (picked === undefined) return;
  const { until } = await engine.act({ kind: 'snooze', until: picked.until });
  await tell(engine, until, latest);
}

async function tell(engine: Pick<Engine, 'act'>, until: number, latest: Snapshot | null): Promise<void> {
  const now = Date.now();
  if (until <= now) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Pre-flight questions are asked again.'));
    return;
  }
  const end = vscode.l10n.t('End Snooze');
  const message = vscode.l10n.t('No pre-flight questions until {0}.', clock(until, now, latest));
  if ((await vscode.window.showInformationMessage(message, end)) !== end) return;
  await tell(engine, (await engine.act({ kind: 'snooze', until: 0 })).until, latest);
}

function choices(now: number, latest: Snapshot | null): (vscode.QuickPickItem & { readonly until: number })[] {
  const snoozedUntil = latest?.preflight.snoozedUntil ?? 0;
  const midnight = new Date(now).setHours(24, 0, 0, 0);
  const all = [
    { label: vscode.l10n.t('15 Minutes'), until: now + 15 * minute },
    { label: vscode.l10n.t('1 Hour'), until: now + 60 * minute },
    { label: vscode.l10n.t('Until Tomorrow'), until: midnight },
  ];
  if (snoozedUntil <= now) return all;
  const description = vscode.l10n.t('snoozed until {0}', clock(snoozedUntil, now, latest));
  return [{ label: vscode.l10n.t('End Snooze'), description, until: 0 }, ...all];
}

function clock(until: number, now: number, latest: Snapshot | null): string {
  const timeZone = latest?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return whenText(until, now, { locale: vscode.env.language, timeZone }, 'short');
}
