import type { AutoDisableReason } from '#libs/contracts';
import { assertNever } from '#libs/kernel';
import { failureInWords } from './failure-in-words.js';
import { type Letter, oneLine } from './letter.js';
import type { Notice } from './notice.js';
import type { Failure, Gathered, Trouble } from './standing.js';

export interface LetterContext {
  readonly webhook: { readonly id: string; readonly name: string; readonly host: string };
  /** Where people reach the console, without a slash at the end. */
  readonly publicUrl: string;
  readonly unsubscribeUrl: string;
}

type Body = Pick<Letter, 'subject' | 'lead' | 'facts' | 'items' | 'link'>;
type Facts = readonly (readonly [string, string])[];

const FOOTER = 'You get this mail because your address is set for notifications of this webhook or of its account.';
const SUBJECT_NAME = 100;

/** What a notice says, in words. */
export function letterOf(notice: Notice, context: LetterContext): Letter {
  const body = bodyOf(notice, context);
  return { ...body, subject: oneLine(`[Hookstream] ${body.subject}`), footer: FOOTER, unsubscribeUrl: context.unsubscribeUrl };
}

function bodyOf(notice: Notice, context: LetterContext): Body {
  const name = oneLine(context.webhook.name, SUBJECT_NAME);
  const webhook: Facts = [
    ['Webhook', name],
    ['URL host', context.webhook.host],
  ];
  const link = { label: 'Open the history of this webhook', url: historyUrl(context) };
  switch (notice.kind) {
    case 'failure':
      return failureBody(notice.failure, name, context);
    case 'digest':
      return { ...digestBody(notice.gathered, notice.worksAgain, name, context), link };
    case 'circuit-open': {
      const { openSince, nextProbeAt } = notice.trouble;
      return {
        subject: `${name}: paused for an hour`,
        lead: `Deliveries to “${name}” have been paused for an hour, as its receiver keeps failing. They wait and are sent once it answers.`,
        facts: [...webhook, ['Paused since', timeOf(openSince)], ...troubleFacts(notice.trouble), ['Next probe', timeOf(nextProbeAt)]],
        items: [],
        link,
      };
    }
    case 'disable-warning': {
      const { warnedPercent, failingSince } = notice.trouble;
      return {
        subject: `${name}: will be disabled if it goes on failing (${warnedPercent} % of the time is over)`,
        lead: `“${name}” has had nothing but failures. ${warnedPercent} % of the time after which it is disabled is over.`,
        facts: [...webhook, ['Failing since', timeOf(failingSince)], ...troubleFacts(notice.trouble)],
        items: [],
        link,
      };
    }
    case 'disabled':
      return {
        subject: `${name}: disabled`,
        lead: `“${name}” was disabled: ${disabledWords(notice.reason)}. Nothing is sent to it until you enable it again; then what it missed can be sent.`,
        facts: [...webhook, ['Failing since', timeOf(notice.trouble.failingSince)], ...troubleFacts(notice.trouble)],
        items: [],
        link: { label: 'Open the webhook to enable it', url: `${context.publicUrl}/webhooks/${encodeURIComponent(context.webhook.id)}` },
      };
    case 'recovered':
      return {
        subject: `${name}: works again`,
        lead: `“${name}” works again.`,
        facts: [
          ['Webhook', name],
          ['Event', notice.eventType],
          ['URL host', notice.host],
          ['Status', 'succeeded'],
          ['Failed since', timeOf(notice.downSince)],
          ['Works since', timeOf(notice.at)],
        ],
        items: [],
        link,
      };
    default:
      return assertNever(notice);
  }
}

function failureBody(failure: Failure, name: string, context: LetterContext): Body {
  const { words, hint } = failureInWords(failure);
  return {
    subject: `${name}: ${failure.eventType} failed, ${words}`,
    lead: `A delivery to “${name}” failed: ${words}.`,
    facts: [
      ['Webhook', name],
      ['Event', failure.eventType],
      ['Event id', failure.eventId],
      ['URL host', failure.host],
      ['Status', words],
      ['What to do', hint],
      ['Attempt', `${failure.attempt}, ${timeOf(failure.attemptedAt)}`],
      ['Next attempt', failure.nextAttemptAt === null ? 'none: this was the last one' : timeOf(failure.nextAttemptAt)],
    ],
    items: [],
    link: { label: 'Open this delivery', url: `${context.publicUrl}/deliveries/${encodeURIComponent(failure.deliveryId)}` },
  };
}

function digestBody({ count, givenUp, since, kept, last }: Gathered, worksAgain: boolean, name: string, { webhook }: LetterContext) {
  const more = count - kept.length;
  const failures = count === 1 ? '1 more attempt' : `${count} more attempts`;
  const { words, hint } = failureInWords(last);
  return {
    subject: `${name}: ${failures} failed`,
    lead: `${failures} to “${name}” failed since the last mail.${worksAgain ? ' The newest attempt succeeded.' : ''}`,
    facts: [
      ['Webhook', name],
      ['Events', [...new Set(kept.map(({ eventType }) => eventType))].join(', ')],
      ['URL host', webhook.host],
      ['Since', timeOf(since)],
      ['Given up', String(givenUp)],
      ['Last status', words],
      ['What to do', hint],
      ...(worksAgain ? [] : [['Next attempt', last.nextAttemptAt === null ? 'none' : timeOf(last.nextAttemptAt)] as const]),
    ] satisfies Facts,
    items: [...kept.map(itemOf), ...(more > 0 ? [`and ${more} more`] : [])],
  };
}

function itemOf(failure: Failure): string {
  const next = failure.nextAttemptAt === null ? 'given up' : `next attempt ${timeOf(failure.nextAttemptAt)}`;
  const { words } = failureInWords(failure);
  return `${timeOf(failure.attemptedAt)}: ${failure.eventType} (${failure.eventId}) to ${failure.host}, attempt ${failure.attempt}: ${words}, ${next}`;
}

function troubleFacts(trouble: Trouble): Facts {
  const { words, hint } = failureInWords(trouble);
  return [
    ['Failures in a row', String(trouble.consecutiveFailures)],
    ['Last status', words],
    ['What to do', hint],
  ];
}

function disabledWords(reason: AutoDisableReason): string {
  return reason === 'gone' ? 'its receiver said it is gone (410)' : 'it had nothing but failures for too long';
}

function historyUrl({ publicUrl, webhook }: LetterContext): string {
  return `${publicUrl}/webhooks/${encodeURIComponent(webhook.id)}/history`;
}

/** @param time RFC 3339 */
function timeOf(time: string | null): string {
  if (time === null || Number.isNaN(Date.parse(time))) return 'unknown';
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
