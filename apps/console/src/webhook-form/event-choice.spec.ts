import { describe, expect, it } from 'vitest';
import { toggleAll, toggleModule, toggleType } from './event-choice';
import { chosenCount, combinedBy, eventTree, lostEvents, moduleChoice, searchTree, typeChoice } from './event-tree';
import { aCatalog } from './testing-support/a-catalog';

const tree = eventTree(aCatalog.modules, aCatalog.types);
const messages = tree.find(({ name }) => name === 'messages')!;
const orders = tree.find(({ name }) => name === 'orders')!;
const typeOf = (module: typeof messages, name: string) => module.types.find((type) => type.name === name)!;

describe('the tree of events', () => {
  it('lists combined types after the types of their module', () => {
    expect(messages.types.map(({ name }) => name)).toEqual(['MESSAGE_RECEIVED', 'MESSAGE_STATUS', 'PRESENCE_CHAT', 'RECEIVED_STATUS']);
  });

  it('finds types by name, label and description, and a module by its own name with all its types', () => {
    expect(searchTree(tree, 'PRESENCE').flatMap(({ types }) => types.map(({ name }) => name))).toEqual(['PRESENCE_CHAT']);
    expect(searchTree(tree, 'order upd').flatMap(({ types }) => types.map(({ name }) => name))).toEqual(['order_updated']);
    expect(searchTree(tree, 'Orders')).toEqual([orders]);
    expect(searchTree(tree, 'nothing like it')).toEqual([]);
  });

  it('shows only the chosen module', () => {
    expect(searchTree(tree, '', 'orders')).toEqual([orders]);
  });
});

describe('a choice of events', () => {
  it('adds and removes one type', () => {
    const chosen = toggleType(tree, orders, typeOf(orders, 'order_created'), []);
    expect(chosen).toEqual(['order_created']);
    expect(toggleType(tree, orders, typeOf(orders, 'order_created'), chosen)).toEqual([]);
  });

  it('replaces the single types of a module by its wildcard', () => {
    expect(toggleModule(tree, orders, ['MESSAGE_RECEIVED', 'order_created'])).toEqual(['MESSAGE_RECEIVED', 'orders:*']);
  });

  it('leaves the other types when one is taken out of a module wildcard', () => {
    expect(toggleType(tree, orders, typeOf(orders, 'order_created'), ['orders:*'])).toEqual(['order_updated']);
  });

  it('leaves the other modules as wildcards when one type is taken out of everything', () => {
    expect(toggleType(tree, orders, typeOf(orders, 'order_created'), ['*'])).toEqual(['messages:*', 'order_updated']);
  });

  it('takes the members out when a combined type is taken out of a wildcard', () => {
    expect(toggleType(tree, messages, typeOf(messages, 'RECEIVED_STATUS'), ['messages:*'])).toEqual(['PRESENCE_CHAT']);
  });

  it('says which combined type covers a member', () => {
    const member = typeOf(messages, 'MESSAGE_STATUS');
    expect(typeChoice(messages, member, ['RECEIVED_STATUS'])).toBe('combined');
    expect(combinedBy(messages, member, ['RECEIVED_STATUS'])?.name).toBe('RECEIVED_STATUS');
    expect(typeChoice(messages, typeOf(messages, 'PRESENCE_CHAT'), ['RECEIVED_STATUS'])).toBe('off');
  });

  it('goes from everything to nothing and keeps what the catalog has lost', () => {
    expect(toggleAll(tree, ['order_created', 'gone.type'])).toEqual(['gone.type', '*']);
    expect(toggleAll(tree, ['gone.type', '*'])).toEqual(['gone.type']);
    expect(lostEvents(tree, ['gone.type', '*', 'orders:*', 'order_created'])).toEqual(['gone.type']);
  });

  it('shows a module as partly chosen, wholly chosen or covered', () => {
    expect(moduleChoice(orders, ['order_created'])).toBe('some');
    expect(moduleChoice(orders, ['orders:*'])).toBe('on');
    expect(moduleChoice(orders, ['*'])).toBe('all');
    expect(moduleChoice(orders, [])).toBe('off');
  });

  it('counts a combined type as its members, each once', () => {
    expect(chosenCount(tree, ['RECEIVED_STATUS', 'MESSAGE_RECEIVED', 'order_created'])).toBe(3);
    expect(chosenCount(tree, ['*'])).toBe(5);
  });
});
