import { errorRows } from '#libs/kernel';

export const grpcErrors = errorRows({
  GRPC_MESSAGE_MALFORMED: { kind: 'malformed', retryable: false, title: 'The message cannot be decoded' },
});
