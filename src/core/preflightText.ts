import { folderName } from './folderName.ts';
import { formatTokens, formatUsd } from './format.ts';
import type { Outlook } from './forecast/outlook.ts';
import { withoutLinks } from './markdown.ts';
import type { Finding, PreflightQuestion, RuleName } from './preflight/question.ts';
import { asSentence, reasonsSentence } from './sentence.ts';
import type { Translate } from './translate.ts';

// What the pre-flight question and its quieter forms say. What comes from agents' records is taken as plain text.

export interface QuestionText {
  readonly message: string;
  /** Lines below it: why it is asked, what it may come to, what else could be done. */
  readonly detail: string;
}

/** The modal's words. */
export function questionText(question: PreflightQuestion, t: Translate): QuestionText {
  const { outlook, findings } = question;
  const reasons = findings.map(({ reason }) => `• ${withoutLinks(asSentence(reason))}`);
  const blocks = [
    reasons.join('\n'),
    outlook === null ? '' : outlookLines(outlook, t).join('\n'),
    remedies(findings, t).join('\n'),
  ];
  return { message: headline(question, t), detail: blocks.filter((block) => block !== '').join('\n\n') };
}

/** One notification for what is only warned of, or was refused by a cap. */
export function adviceText(question: PreflightQuestion, t: Translate): string {
  const { findings } = question;
  const refused = findings.some(({ action }) => action === 'deny');
  const head = refused ? t('{0}: refused.', whose(question, t)) : headline(question, t);
  const reasons = findings.map(({ reason }) => asSentence(reason));
  return withoutLinks([head, ...reasons, ...remedies(findings, t)].join(' '));
}

/** What is said when an answer came after the agent had stopped waiting for it. */
export function tooLateText({ agentLabel }: PreflightQuestion, t: Translate): string {
  return withoutLinks(
    t('Too late: {0} did not wait for this answer. If it is at work, press Esc there to stop it.', agentLabel),
  );
}

/** `Claude Code in shop` */
function whose({ agentLabel, project }: PreflightQuestion, t: Translate): string {
  return project === null ? agentLabel : t('{0} in {1}', agentLabel, folderName(project));
}

function headline(question: PreflightQuestion, t: Translate): string {
  const who = whose(question, t);
  if (question.outlook === null) return withoutLinks(t('{0}: what this may cost is not known.', who));
  const spread = question.kind === 'prompt' ? question.outlook.task : question.outlook.call;
  const [median, p90] = [formatUsd(spread.median), formatUsd(spread.p90)];
  const words = {
    prompt: t('{0}: this task may cost about {1} (9 in 10 stay below {2}).', who, median, p90),
    nextCall: t('{0}: its next call may cost about {1} (9 in 10 stay below {2}).', who, median, p90),
    subagent: t('{0}: a subagent is about to start; each of its calls may cost about {1}.', who, median),
  };
  return withoutLinks(words[question.kind]);
}

/** Tokens below which a prompt is not what makes a call dear. */
const worthSaying = 1000;

/** The next call with its worst case named, and what the estimate is made of. */
function outlookLines({ call, model, promptTokens, reasons }: Outlook, t: Translate): string[] {
  const worst = call.worst === null ? '' : `, ${t('at worst {0}', formatUsd(call.worst))}`;
  const next = t('Next call: about {0}{1} ({2}).', formatUsd(call.median), worst, model);
  const prompt =
    promptTokens < worthSaying ? '' : t('Your prompt: about {0} tokens, an estimate.', formatTokens(promptTokens));
  return [next, prompt, reasonsSentence(reasons)].filter((line) => line !== '').map(withoutLinks);
}

/** What could be done instead, each thing once. */
function remedies(findings: readonly Finding[], t: Translate): string[] {
  // To compact reads the whole context anew as well, once.
  const clear = t(
    'Start afresh with /clear if the context is no longer needed. /compact pays that once and makes later turns cheaper.',
  );
  const effort = t('Lower the effort, or choose a smaller model.');
  const words: Readonly<Record<RuleName, string>> = {
    heavyTask: effort,
    coldCache: clear,
    subagents: t('Ask for fewer subagents, or none.'),
    nearBudget: t('Wait until tomorrow, or raise the daily budget.'),
    thinking: effort,
    cap: t('The cap is yours to raise: setting burnMeter.caps.'),
  };
  // A hard cap's reason says itself what to do.
  const open = findings.filter(({ action }) => action !== 'deny');
  return [...new Set(open.map(({ rule }) => words[rule]))];
}
