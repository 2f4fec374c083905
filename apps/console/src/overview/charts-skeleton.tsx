import { SimpleGrid, Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function ChartsSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status">
      <VisuallyHidden>{t('list.loading')}</VisuallyHidden>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" aria-hidden>
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} height={300} radius="md" />
        ))}
      </SimpleGrid>
    </div>
  );
}
