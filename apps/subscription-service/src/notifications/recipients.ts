const LONGEST_ADDRESS = 254;
/** What an address in a header may be made of: nothing that ends a line, a quoted part or the address itself. */
const ADDRESS = /^[^\s<>()[\]\\,;:"@\p{Cc}\p{Cf}\p{Cs}]+@[^\s<>()[\]\\,;:"@\p{Cc}\p{Cf}\p{Cs}]+$/u;

/** Each address once, whatever its case; what cannot stand in a header is left out. */
export function recipientsOf(addresses: readonly (string | null)[]): string[] {
  const found = new Map<string, string>();
  for (const given of addresses) {
    const address = given?.trim() ?? '';
    if (address.length <= LONGEST_ADDRESS && ADDRESS.test(address) && !found.has(address.toLowerCase())) {
      found.set(address.toLowerCase(), address);
    }
  }
  return [...found.values()];
}
