/** Which tables records are read for: a rebuild makes new ones. */
export interface ProjectionState {
  readonly generation: number;
  /** While a rebuild sets the consumer group back to the beginning; nobody may be a member then. */
  readonly resetting: boolean;
}

/** An abstract class so that it is its own injection token. */
export abstract class Projection {
  /** @throws AppError `DATABASE_UNAVAILABLE` */
  abstract state(): Promise<ProjectionState>;
}
