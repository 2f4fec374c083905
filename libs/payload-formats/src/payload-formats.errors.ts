import { errorRows } from '#libs/kernel';

export const payloadFormatErrors = errorRows({
  PAYLOAD_FORMAT_UNKNOWN: { kind: 'invalid', retryable: false, title: 'There is no such payload format' },
  PAYLOAD_NOT_JSON: { kind: 'invalid', retryable: false, title: 'The event data is not the JSON that its content type says' },
});
