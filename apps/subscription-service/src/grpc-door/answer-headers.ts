import { Metadata } from '@grpc/grpc-js';

const headers = new WeakMap<object, Metadata>();

/** What the answer of a call carries besides its message: sent before it, or with the status of a refusal. @param call its metadata */
export function answerHeaders(call: Metadata): Metadata {
  const known = headers.get(call);
  if (known) return known;
  const made = new Metadata();
  headers.set(call, made);
  return made;
}
