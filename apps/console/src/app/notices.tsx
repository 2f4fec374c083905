import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';

/** What was done, or could not be, in the corner for a while. */
export function Notices() {
  return <Notifications position="bottom-right" limit={4} />;
}
