import { describe, expect, it } from 'vitest';
import { namedRoots } from './texts-on-demand';

const ROOTS = ['webhook', 'webhookForm', 'list'];

describe('the texts that a module brings', () => {
  it('are those that it names, whole or put together', () => {
    expect(namedRoots("t('list.tryAgain')", ROOTS)).toEqual(['list']);
    expect(namedRoots('t(`webhookForm.auth.${type}`)', ROOTS)).toEqual(['webhookForm']);
    expect(namedRoots("t(open ? 'webhook.a' : 'list.b')", ROOTS)).toEqual(['webhook', 'list']);
  });

  it('are none where none is named', () => {
    expect(namedRoots("import { list } from '../list'; const key = ['webhook', id];", ROOTS)).toEqual([]);
  });
});
