import { checkJson, ContractViolation, MAX_EVENT_BYTES, scanJsonObject } from '#libs/contracts';
import { AppError, type FieldError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import './test-send.errors.js';

/** What a caller wants to be sent. */
export interface TestSendRequest {
  /** undefined: `test.webhook`. */
  readonly eventType?: string | undefined;
  /** JSON; undefined: the sample of the type. */
  readonly data?: Buffer | undefined;
}

/**
 * Reads `{eventType?, data?}` without parsing `data`, which goes out byte for byte.
 * @param body undefined or empty: nothing is asked for in particular
 * @throws AppError `TEST_SEND_MALFORMED` for what is not JSON, `VALIDATION_FAILED`
 */
export function readTestSend(body: Buffer | undefined): TestSendRequest {
  if (!body || body.length === 0) return {};
  const members = scan(body);
  const faults: FieldError[] = [...members.keys()].flatMap((name) =>
    name === 'eventType' || name === 'data' ? [] : [{ field: name, rule: 'unknown-field', message: `${name} is not a known field` }],
  );
  const [type, data] = [members.get('eventType'), members.get('data')];
  const eventType = type?.kind === 'string' ? (JSON.parse(body.toString('utf8', type.start, type.end)) as string) : undefined;
  if (type && eventType === undefined) faults.push({ field: 'eventType', rule: 'is-string', message: 'eventType must be a string' });
  if (faults.length > 0) throw validationFailed(faults);
  return checkedTestSend({ eventType, data: data && body.subarray(data.start, data.end) });
}

/** The rules that both doors share. @throws AppError `VALIDATION_FAILED` */
export function checkedTestSend(request: TestSendRequest): TestSendRequest {
  if (request.data) checkData(request.data);
  if (request.data !== undefined && request.data.length > MAX_EVENT_BYTES)
    throw validationFailed([{ field: 'data', rule: 'max-bytes', message: `data may have ${MAX_EVENT_BYTES} bytes` }]);
  return request;
}

function checkData(data: Buffer): void {
  try {
    checkJson(data);
  } catch (error) {
    if (!(error instanceof ContractViolation)) throw error;
    throw validationFailed([{ field: 'data', rule: ruleOf(error), message: `data: ${error.message}` }]);
  }
}

function ruleOf({ reason }: ContractViolation): string {
  return reason.toLowerCase().replaceAll('_', '-');
}

function scan(body: Buffer): ReturnType<typeof scanJsonObject> {
  try {
    return scanJsonObject(body);
  } catch (cause) {
    if (!(cause instanceof ContractViolation)) throw cause;
    if (cause.reason === 'JSON_INVALID' || cause.reason === 'UTF8_INVALID')
      throw new AppError('TEST_SEND_MALFORMED', cause.message, { cause });
    throw validationFailed([{ field: 'body', rule: ruleOf(cause), message: cause.message }]);
  }
}
