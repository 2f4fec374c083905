import { errorRows } from '#libs/kernel';

export const testSendErrors = errorRows({
  TEST_SEND_MALFORMED: { kind: 'malformed', retryable: false, title: 'Body is not JSON' },
});
