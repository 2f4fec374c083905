import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder from which the protos import each other. */
export const PROTO_ROOT = fileURLToPath(new URL('../proto', import.meta.url));

/** Every proto of the gRPC API, and the details of errors, by paths below `PROTO_ROOT`. */
export function protoFiles(): string[] {
  return globSync('{hookstream,google}/**/*.proto', { cwd: PROTO_ROOT }).sort();
}

/**
 * The descriptors of all of them and of the standard services, for reflection: a generated `google.protobuf.FileDescriptorSet`, cut into its
 * `FileDescriptorProto`s.
 */
export function protoDescriptors(): Buffer[] {
  const set = readFileSync(join(PROTO_ROOT, 'descriptors.binpb'));
  const files: Buffer[] = [];
  // Field 1 over and over: a tag, the length as a varint, the file.
  for (let at = 0; at < set.length;) {
    if (set[at++] !== 0x0a) throw new Error('descriptors.binpb is not a FileDescriptorSet');
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = set[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    files.push(set.subarray(at, (at += length)));
  }
  return files;
}
