import { errorRows } from '#libs/kernel';

export const operatorErrors = errorRows({
  DEAD_LETTER_NOT_FOUND: { kind: 'notFound', retryable: false, title: 'There is no such dead letter' },
  DEAD_LETTER_REPUBLISHED: { kind: 'conflict', retryable: false, title: 'The dead letter was published again already' },
  DEAD_LETTER_NOT_REPUBLISHABLE: { kind: 'conflict', retryable: false, title: 'The dead letter is not what was published' },
});
