export { HealthBadge } from './health';
export { CodeBlock, SecretDialog, VerifySnippets } from './secrets';
export { useAskedDialogs } from './use-asked-dialogs';
export { type AskedDialog, WebhookActions } from './webhook-actions';
