import type { BatchContext, RecordOutcome } from './handler.js';
import type { Dispatch, MaybePromise } from './worker-host.js';
import type { Task } from './work-queue.js';

export interface CallEvents {
  settled(task: Task, outcome: RecordOutcome): void;
  failed(task: Task, error: unknown): void;
  /** The call gave no outcomes, so no record of it has one. */
  callFailed(error: unknown): void;
}

/**
 * Calls a handler and tells what becomes of each record. Nothing it does escapes: it may throw, reject, return anything.
 * Outcomes that are there at once are told at once; only promised ones cost a promise.
 */
export function callHandler(dispatch: Dispatch, tasks: readonly Task[], context: BatchContext, events: CallEvents): void {
  const records = tasks.map((task) => task.record);
  let outcomes: ReturnType<Dispatch>;
  try {
    outcomes = dispatch(records, context);
  } catch (error) {
    return events.callFailed(error);
  }
  if (!(outcomes instanceof Promise)) return follow(tasks, outcomes, events);
  outcomes.then(
    (list) => follow(tasks, list, events),
    (error: unknown) => events.callFailed(error),
  );
}

function follow(tasks: readonly Task[], outcomes: readonly MaybePromise<RecordOutcome>[] | undefined, events: CallEvents): void {
  if (outcomes?.length !== tasks.length)
    return events.callFailed(new Error(`the handler returned ${outcomes?.length} outcomes for ${tasks.length} records`));
  tasks.forEach((task, i) => {
    const outcome = outcomes[i]!;
    if (!(outcome instanceof Promise)) return events.settled(task, outcome);
    outcome.then(
      (value) => events.settled(task, value),
      (error: unknown) => events.failed(task, error),
    );
  });
}
