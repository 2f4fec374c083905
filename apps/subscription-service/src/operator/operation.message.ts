import type { GroupLag } from '#libs/messaging';
import * as rpc from '../grpc/index.js';
import { enumOf, timestampOf } from '../grpc/index.js';
import type { circuitView } from './circuit.view.js';
import type { NotificationMail } from './notification.store.js';

export function groupMessage({ topics, ...group }: GroupLag): rpc.GroupLag {
  return {
    ...group,
    topics: topics.map(({ topic, lag, partitions }) => ({
      topic,
      lag,
      partitions: partitions.map(({ committed, ...rest }) => ({ ...rest, committed: committed ?? undefined })),
    })),
  };
}

export function circuitMessage(view: ReturnType<typeof circuitView>): rpc.OperatedCircuit {
  const { webhookId, webhookName, accountId, consecutiveFailures, openings } = view;
  return {
    ...{ webhookId, webhookName, accountId, consecutiveFailures, openings },
    circuit: enumOf('CIRCUIT_STATE_', view.circuit),
    since: timestampOf(view.since),
    nextProbeAt: optionalTime(view.nextProbeAt),
    failingSince: optionalTime(view.failingSince),
    autoDisabled: view.autoDisabled ?? undefined,
    lastStatusCode: view.lastStatusCode ?? undefined,
    lastErrorClass: view.lastErrorClass ?? undefined,
    changedAt: timestampOf(view.changedAt),
  };
}

export function notificationMessage(mail: NotificationMail): rpc.Notification {
  const { id, accountId, kind, recipient, attempts } = mail;
  return {
    ...{ id, accountId, kind, recipient, attempts },
    webhookId: mail.webhookId ?? undefined,
    subject: mail.subject ?? undefined,
    status: enumOf('MAIL_STATUS_', mail.status),
    createdAt: timestampOf(mail.createdAt),
    sentAt: optionalTime(mail.sentAt),
    lastError: mail.lastError ?? undefined,
  };
}

function optionalTime(time: string | null): rpc.Timestamp | undefined {
  return time === null ? undefined : timestampOf(time);
}
