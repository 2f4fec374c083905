import type { Failure, Standing } from './standing.js';

/** The standing without the failures of an event that is to be forgotten; those that are only counted name nobody. */
export function withoutEvent(standing: Standing, eventId: string): Standing {
  const { gathered } = standing;
  if (!gathered) return standing;
  const named = [...new Map([...gathered.kept, gathered.last].map((failure) => [failure.attemptId, failure])).values()];
  const gone = named.filter((failure) => failure.eventId === eventId);
  if (gone.length === 0) return standing;
  const left = named.filter((failure) => failure.eventId !== eventId);
  const last = left.at(-1);
  if (!last) return { ...standing, gathered: null };
  const kept = gathered.kept.filter((failure) => left.includes(failure));
  return {
    ...standing,
    gathered: {
      ...gathered,
      count: gathered.count - gone.length,
      givenUp: gathered.givenUp - gone.filter(isLast).length,
      kept: kept.length > 0 ? kept : [last],
      last,
    },
  };
}

function isLast({ nextAttemptAt }: Failure): boolean {
  return nextAttemptAt === null;
}
