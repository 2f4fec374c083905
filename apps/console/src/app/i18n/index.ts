import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { pseudoTexts } from './pseudo-locale';
import { englishTexts } from './texts';

const ENGLISH = 'en';
/** The name that the standards have for accented English. */
export const PSEUDO = 'en-XA';

/** `?locale=en-XA` shows the pseudo-locale. React escapes what it shows, so that i18next must not. */
export async function startI18n(locale: string | null): Promise<void> {
  const texts = englishTexts();
  const isPseudo = locale === PSEUDO;
  await i18next.use(initReactI18next).init({
    lng: isPseudo ? PSEUDO : ENGLISH,
    fallbackLng: false,
    resources: isPseudo ? { [PSEUDO]: { translation: pseudoTexts(texts) } } : { [ENGLISH]: { translation: texts } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = i18next.language;
}
