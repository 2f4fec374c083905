/** As long as an account id of an event may be. */
export const MAX_ACCOUNT_ID = 256;

/**
 * Whether a text may be chosen as the id of an account: whatever events may name (contract, §3), but for what no URL and no
 * database carries: a lone surrogate, and the path segments `.` and `..`.
 */
export function isAccountId(text: string): boolean {
  return text.length > 0 && text.length <= MAX_ACCOUNT_ID && !/\p{Cc}|\p{Cs}/u.test(text) && text !== '.' && text !== '..';
}
