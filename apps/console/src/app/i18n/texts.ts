import i18next from 'i18next';

export interface Texts {
  readonly [key: string]: string | Texts;
}

const NAMESPACE = 'translation';
const english = new Map<string, Texts>();
let inLanguage: (texts: Texts) => Texts = (texts) => texts;

/**
 * Makes the English texts of a feature found under `root.`. Called by the build (`texts-on-demand.ts`) for each module that names
 * some of them, before it runs: whatever is drawn has its texts.
 */
export function addTexts(root: string, texts: Texts): void {
  english.set(root, texts);
  if (i18next.isInitialized) i18next.addResourceBundle(i18next.language, NAMESPACE, { [root]: inLanguage(texts) }, true, true);
}

/** What is known so far, as i18next takes it; what is added later goes through `translate` too. */
export function resources(translate: (texts: Texts) => Texts): { readonly [NAMESPACE]: Texts } {
  inLanguage = translate;
  return { [NAMESPACE]: translate(Object.fromEntries(english)) };
}
