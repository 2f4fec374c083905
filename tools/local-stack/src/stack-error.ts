/** A fault of the machine or the settings that the user can act on: the message says what to do and is printed without a stack. */
export class StackError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StackError';
  }
}

/** Another program listens on a port that is needed here. */
export class PortTakenError extends StackError {
  constructor(
    readonly port: number,
    what: string,
    variable?: string,
  ) {
    super(
      `port ${port} for ${what} is taken by another program. ${variable ? `Stop it, or set ${variable} to a free port.` : 'Stop it, or choose another port.'}`,
    );
    this.name = 'PortTakenError';
  }
}

/** Says what a system error means that carries only a code; every other error is returned as it is. */
export function explained(error: unknown, place: string): Error {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(place, error);
  if (code === 'EROFS')
    return new StackError(`${place} is on a read-only disk. Set HOOKSTREAM_DATA_DIR to a folder that can be written.`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM') {
    const what = path ?? place;
    return new StackError(
      `no permission for ${what}. Start as the user it belongs to, or set HOOKSTREAM_DATA_DIR to a folder of your own.`,
      { cause: error },
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

export function diskFull(place: string, cause?: unknown): StackError {
  return new StackError(
    `no space left on the disk that holds ${place}. Free some, or set HOOKSTREAM_DATA_DIR to a folder on another disk.`,
    { cause },
  );
}
