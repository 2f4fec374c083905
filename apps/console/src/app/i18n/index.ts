import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { resources } from './texts';

const ENGLISH = 'en';
/** The name that the standards have for accented English. */
export const PSEUDO = 'en-XA';

/** `?locale=en-XA` shows the pseudo-locale. React escapes what it shows, so that i18next must not. */
export async function startI18n(locale: string | null): Promise<void> {
  const language = locale === PSEUDO ? PSEUDO : ENGLISH;
  const translate = language === PSEUDO ? (await import('./pseudo-locale')).pseudoTexts : <Texts>(texts: Texts) => texts;
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: resources(translate) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = i18next.language;
}
