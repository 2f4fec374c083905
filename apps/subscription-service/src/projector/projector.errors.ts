import { errorRows } from '#libs/kernel';

export const projectorErrors = errorRows({
  HISTORY_REBUILDING: { kind: 'unavailable', retryable: true, title: 'The history is being rebuilt' },
});
