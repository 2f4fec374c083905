import { Skeleton, Stack } from '@mantine/core';

/** In the place of a delivery that is being read. */
export function DeliverySkeleton() {
  return (
    <Stack aria-hidden>
      <Skeleton height={28} width="30%" />
      <Skeleton height={90} width="70%" />
      <Skeleton height={260} radius="md" />
    </Stack>
  );
}
