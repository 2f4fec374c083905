import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

/** Copies a text and says that it did, in words of one's own if given, only when it did. Resolves to whether it worked. */
export function useCopy(): (text: string, words?: string) => Promise<boolean> {
  const { t } = useTranslation();
  return async (text, words) => {
    const copied = await copyText(text);
    notifications.show(copied ? { message: words ?? t('shown.copied') } : { color: 'red', message: t('shown.notCopied') });
    return copied;
  };
}

/** @returns false where the browser refuses, as it does on plain http except on this machine */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
