import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Observable } from 'rxjs';

/** The writing end of a call that answers with a stream. */
export interface RpcStream {
  /** Whether what is written now has to wait for the client. */
  readonly writableNeedDrain: boolean;
  on(event: 'drain' | 'cancelled', listener: () => void): unknown;
  off(event: 'drain' | 'cancelled', listener: () => void): unknown;
}

/** The stream of the call, for answers that go out as fast as they are taken: Nest holds all that is written faster. */
export const AnswerStream = createParamDecorator((_: unknown, context: ExecutionContext): RpcStream => context.getArgByIndex<RpcStream>(2));

/** Answers that are asked for one by one, each when the client has taken what was before it. */
export function asTaken<T>(stream: RpcStream, answers: () => Promise<AsyncIterable<T>>): Observable<T> {
  return new Observable((subscriber) => {
    const run = async (): Promise<void> => {
      for await (const answer of await answers()) {
        if (subscriber.closed) return;
        subscriber.next(answer);
        if (stream.writableNeedDrain) await taken(stream);
      }
    };
    run().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
  });
}

/** Resolves when the client has taken what was written, or is gone. */
function taken(stream: RpcStream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('cancelled', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('cancelled', done);
  });
}
