import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { PROTO_ROOT, protoFiles } from '#libs/contracts';

/** The package whose services this process serves. */
export const API_PACKAGE = 'hookstream.v1';

let loaded: PackageDefinition | undefined;

/**
 * The protos as grpc-js takes them. Messages have the members that were sent and no others, so that absent and empty differ;
 * enum members are their names, 64-bit numbers are numbers, bytes are Buffers.
 */
export function apiDefinition(): PackageDefinition {
  loaded ??= loadSync(protoFiles(), { includeDirs: [PROTO_ROOT], longs: Number, enums: String, defaults: false });
  return loaded;
}
