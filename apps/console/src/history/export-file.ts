/** `billing-attempts-2026-11-21T10-15-30Z.csv`: no character that a file system refuses. */
export function exportFileName(webhookName: string, format: string, now: Date): string {
  const name = webhookName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const time = now.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return `${name || 'webhook'}-attempts-${time}.${format}`;
}
