import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './use-focus-back';

/** A modal dialog. When it closes, or leaves the page while it is open, the focus goes back to what opened it. */
export function Dialog(props: ModalProps) {
  const { t } = useTranslation();
  useFocusBack(props.opened);
  return <Modal closeButtonProps={{ 'aria-label': t('shown.close') }} returnFocus={false} {...props} />;
}
