/** What the operator of this deployment said about the console. */
export interface ConsoleSettings {
  /** What the console calls itself. */
  readonly title: string;
  /** The way to the webhooks inside the product that the console belongs to, outermost first. */
  readonly breadcrumb: readonly string[];
  /** Delays before attempts 2, 3, … of webhooks without a schedule of their own. */
  readonly retrySchedule: readonly string[];
  /** Of Hookstream, as its requests name it. */
  readonly version: string;
}

const DEFAULTS: ConsoleSettings = {
  title: 'Webhooks',
  breadcrumb: ['Settings', 'Developer Hub', 'Webhooks'],
  retrySchedule: ['5s', '5m', '30m', '2h', '5h', '10h', '14h', '20h', '24h'],
  version: '0.1.0',
};

/** Read from the page, where the service that sent it wrote them; those of a page that no service has filled in are the defaults. */
export function readConsoleSettings(document: Document): ConsoleSettings {
  const written = document.querySelector('meta[name="hookstream-console"]')?.getAttribute('content') ?? '';
  try {
    return { ...DEFAULTS, ...(JSON.parse(written) as Partial<ConsoleSettings>) };
  } catch {
    return DEFAULTS;
  }
}

export const consoleSettings: ConsoleSettings = typeof document === 'undefined' ? DEFAULTS : readConsoleSettings(document);
