/** What the operator of this deployment said about the console. */
export interface ConsoleSettings {
  /** What the console calls itself. */
  readonly title: string;
  /** The way to the webhooks inside the product that the console belongs to, outermost first. */
  readonly breadcrumb: readonly string[];
}

const DEFAULTS: ConsoleSettings = { title: 'Webhooks', breadcrumb: ['Settings', 'Developer Hub', 'Webhooks'] };

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
