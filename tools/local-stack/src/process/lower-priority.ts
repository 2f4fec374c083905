import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Lets other processes go first where all want the processors. Linux may share them among sessions before it looks at the
 * processes of each (sched(7), autogroup); a server is a session of its own, so that the value of the session counts there.
 * @param niceness 1 to 19
 */
export function lowerPriority(pid: number, niceness: number): void {
  const attempts = [() => setPriority(pid, niceness), () => writeFileSync(`/proc/${pid}/autogroup`, String(niceness))];
  for (const attempt of attempts) {
    try {
      attempt();
    } catch {
      // Gone already, or a system that has no such thing: it goes on as equals.
    }
  }
}
