import { describe, expect, it } from 'vitest';
import type { EventModule, EventType } from '../api';
import { byModule } from './by-module';

const modules = ['orders', 'users', 'empty'].map((name) => ({ name, label: name }) as EventModule);
const types = [
  { name: 'order_created', label: 'Order created', description: 'An order was placed.', module: 'orders' },
  { name: 'order_updated', label: 'Order updated', description: 'It changed.', module: 'orders' },
  { name: 'user.created', label: 'User created', description: 'Someone signed up.', module: 'users' },
] as EventType[];
const names = (search: object) =>
  byModule(modules, types, search).map((group) => [group.module.name, ...group.types.map(({ name }) => name)]);

describe('the catalog', () => {
  it('lists events by module, without modules that have none', () => {
    expect(names({})).toEqual([
      ['orders', 'order_created', 'order_updated'],
      ['users', 'user.created'],
    ]);
  });
  it('finds a text in name, label and description', () => {
    expect(names({ q: 'CREATED' })).toEqual([
      ['orders', 'order_created'],
      ['users', 'user.created'],
    ]);
    expect(names({ q: 'signed' })).toEqual([['users', 'user.created']]);
    expect(names({ q: 'none' })).toEqual([]);
  });
  it('can be narrowed to a module', () => expect(names({ module: 'users' })).toEqual([['users', 'user.created']]));
});
