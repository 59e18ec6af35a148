import { formatUsd } from './format.ts';
import { withoutLinks } from './markdown.ts';
import type { InFlightWarning } from './protocol.ts';
import type { CallDetail, Projection } from './query.ts';
import { reasonsSentence } from './sentence.ts';
import type { Translate } from './translate.ts';

// What notifications and pick lists say, as functions of plain data.

/** One sentence for a call that has left already, and why it costs that much. */
export function warningText(warning: InFlightWarning, t: Translate): string {
  const { agentLabel, model, estimate, reasons } = warning;
  const head = t('In flight: one call of {0} ({1}) may cost about {2}.', agentLabel, model, formatUsd(estimate));
  const parts = [head, reasonsSentence(reasons), t('Press Esc in {0} to stop it.', agentLabel)];
  return withoutLinks(parts.filter((part) => part !== '').join(' '));
}

/** Settings that are left out: the first one with what is wrong, and how many more. */
export function refusedSettingsText(first: string, more: number, t: Translate): string {
  const head = t('A setting cannot be used and is left out: {0}.', first);
  const rest = more === 0 ? [] : [more === 1 ? t('So is 1 more.') : t('So are {0} more.', more)];
  return withoutLinks([head, ...rest].join(' '));
}

/** Where the month is heading, and why. */
export function projectionText({ projected, tier, basis }: Projection, t: Translate): string {
  const tiers = { hobby: t('hobby'), builder: t('builder'), team: t('team') };
  const head = t('At your pace this month comes to about {0}: the {1} tier.', formatUsd(projected), tiers[tier]);
  return withoutLinks(`${head} ${basis}`);
}

/** `$0.42 · claude-opus-5-5`, the cost or that there is none. */
export function callTitle(call: Pick<CallDetail, 'listCost' | 'model'>, t: Translate): string {
  return `${call.listCost === null ? t('unpriced') : formatUsd(call.listCost)} · ${call.model}`;
}
