/** What a filter says of the answer of an attempt: a status code, a class such as `5xx`, or `none`. */
export const ANSWER_CODE = /^(?:[1-5]xx|[1-5]\d\d|none)$/;

/** The columns that tell how an attempt was answered. */
export interface AnswerColumns {
  readonly status: string;
  readonly statusCode: string;
  readonly errorClass: string;
}

/**
 * The condition that an attempt was answered so. Classes are asked by what the attempt was judged as, of which there is an
 * index in the order of the list.
 * @param bind adds a value to the parameters of the statement and returns its placeholder
 */
export function answerCondition(code: string, { status, statusCode, errorClass }: AnswerColumns, bind: (value: unknown) => string): string {
  switch (code) {
    case 'none':
      return `${statusCode} is null`;
    case '2xx':
      return `${status} = 'succeeded'`;
    case '3xx':
    case '4xx':
    case '5xx':
      return `${errorClass} = ${bind(`http_${code}`)}`;
    case '1xx':
      return `${statusCode} between 100 and 199`;
    default:
      return `${statusCode} = ${bind(Number(code))}`;
  }
}
