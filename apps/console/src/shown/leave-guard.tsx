import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from './dialog';
import { guardLeaving } from './leaving';

interface LeaveGuardProps {
  /** Whether something would be lost. Asked when one is about to leave, since saving leaves too. */
  readonly wouldLose: () => boolean;
  /** Names what would be lost. */
  readonly title: string;
  readonly effect: string;
  readonly stay: string;
  readonly leave: string;
}

// The question may be asked over another dialog.
const ABOVE_DIALOGS = 201;

/** Asks before something is left that would be lost, by a link, by going back, by signing out, or by closing the tab. */
export function LeaveGuard({ wouldLose, title, effect, stay, leave }: LeaveGuardProps) {
  const agreed = useRef(false);
  const latest = useRef(wouldLose);
  useEffect(() => {
    latest.current = wouldLose;
  });
  const isHeld = () => !agreed.current && wouldLose();
  const blocker = useBlocker({ shouldBlockFn: isHeld, enableBeforeUnload: isHeld, withResolver: true });
  const [asked, setAsked] = useState<{ readonly leave: () => void }>();
  useEffect(() => guardLeaving({ wouldLose: () => !agreed.current && latest.current(), ask: (then) => setAsked({ leave: then }) }), []);
  const onStay = () => {
    setAsked(undefined);
    blocker.reset?.();
  };
  const onLeave = () => {
    setAsked(undefined);
    if (!asked) return blocker.proceed?.();
    // What it does may go to another page, which is not to be asked about once more.
    agreed.current = true;
    asked.leave();
  };
  return (
    <Dialog opened={blocker.status === 'blocked' || asked !== undefined} onClose={onStay} title={title} zIndex={ABOVE_DIALOGS}>
      <Stack>
        <Text size="sm">{effect}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onStay} data-autofocus>
            {stay}
          </Button>
          <Button color="red" onClick={onLeave}>
            {leave}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
