import { validationFailed } from '#libs/runtime';
import { sent } from './checked.js';

/**
 * The fields that an update names, by their names over HTTP.
 * @param mask as `google.protobuf.FieldMask` arrives; its generated type says that it is a list
 * @param known what a mask may name, in snake_case, with the name over HTTP; camelCase is taken too
 * @returns undefined: there is no mask, or an empty one
 * @throws AppError `VALIDATION_FAILED` for a path that is not a known field
 */
export function fieldMask(mask: unknown, known: ReadonlyMap<string, string>): ReadonlySet<string> | undefined {
  const paths = (mask as { paths?: readonly string[] } | undefined)?.paths ?? [];
  if (paths.length === 0) return undefined;
  const fields = paths.map((path) => known.get(path.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)));
  const faults = fields.flatMap((field, index) =>
    field === undefined
      ? [{ field: `updateMask[${index}]`, rule: 'unknown-field', message: 'the path does not name a field that can be changed' }]
      : [],
  );
  if (faults.length > 0) throw validationFailed(faults);
  return new Set(fields as string[]);
}

/**
 * A change as the body of a PATCH over HTTP (a JSON Merge Patch). Without a mask it says what is there; with one, what the mask
 * names, and null where that is absent. A path of two names changes one member of a member.
 * @param values by their names over HTTP
 * @param lists fields that are lists, of which an empty one counts as absent on the wire
 */
export function patchOf(values: object, fields: ReadonlySet<string> | undefined, lists: ReadonlySet<string>): Record<string, unknown> {
  const there = values as Record<string, object | undefined>;
  if (!fields) return sent(there);
  const patch: Record<string, unknown> = {};
  const valueOf = (from: object | undefined, name: string, field: string): unknown =>
    (from as Record<string, unknown> | undefined)?.[name] ?? (lists.has(field) ? [] : null);
  // A whole member comes before its parts, and then says everything about them.
  for (const field of [...fields].sort()) {
    const [name, part] = field.split('.') as [string, string?];
    if (part === undefined) patch[name] = valueOf(there, name, field);
    else if (!fields.has(name)) patch[name] = { ...(patch[name] as object | undefined), [part]: valueOf(there[name], part, field) };
  }
  return patch;
}
