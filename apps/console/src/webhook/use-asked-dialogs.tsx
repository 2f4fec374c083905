import { type ReactNode, useState } from 'react';
import type { Webhook } from '../api';
import { DeleteDialog } from './dialogs/delete-dialog';
import { RotateDialog } from './dialogs/rotate-dialog';
import type { AskedDialog } from './webhook-actions';

/** The dialogs that the menu of a webhook asks for; `dialogs` is to be drawn once, outside the rows. */
export function useAskedDialogs(onDeleted: () => void): {
  readonly ask: (dialog: AskedDialog, webhook: Webhook) => void;
  readonly dialogs: ReactNode;
} {
  const [asked, setAsked] = useState<{ readonly dialog: AskedDialog; readonly webhook: Webhook }>();
  const close = () => setAsked(undefined);
  const of = (dialog: AskedDialog) => (asked?.dialog === dialog ? asked.webhook : undefined);
  const dialogs = (
    <>
      <DeleteDialog
        webhook={of('delete')}
        onClose={close}
        onDeleted={() => {
          close();
          onDeleted();
        }}
      />
      <RotateDialog webhook={of('rotate')} onClose={close} />
    </>
  );
  return { ask: (dialog, webhook) => setAsked({ dialog, webhook }), dialogs };
}
