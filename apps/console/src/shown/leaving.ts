/** Whoever would lose something when the page goes: says whether it would now, and asks before it lets `leave` happen. */
export interface Guard {
  readonly wouldLose: () => boolean;
  readonly ask: (leave: () => void) => void;
}

const guards = new Set<Guard>();

/** @returns what ends it */
export function guardLeaving(guard: Guard): () => void {
  guards.add(guard);
  return () => guards.delete(guard);
}

/** Does what takes the page away without an address to go to, such as signing out; where something would be lost, once one agrees. */
export function leaveAfterAsking(leave: () => void): void {
  const guard = [...guards].find(({ wouldLose }) => wouldLose());
  if (guard) guard.ask(leave);
  else leave();
}
