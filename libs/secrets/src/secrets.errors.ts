import { errorRows } from '#libs/kernel';

export const secretsErrors = errorRows({
  MASTER_KEYS_INVALID: { kind: 'invalid', retryable: false, title: 'The list of master keys is not valid' },
  SECRET_KEY_UNKNOWN: { kind: 'unavailable', retryable: true, title: 'The master key of a stored secret is not configured' },
  SECRET_UNREADABLE: { kind: 'bug', retryable: false, title: 'A stored secret cannot be decrypted' },
});
