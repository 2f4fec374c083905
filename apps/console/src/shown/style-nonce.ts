/** What a style element must carry to be let in: the nonce that the page came with. Empty in development, where no policy is. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
