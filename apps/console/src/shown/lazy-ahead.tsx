import { type ComponentType, lazy, useState } from 'react';

/**
 * A component in a file of its own, fetched when it is first shown, or ahead by `expect()` for a page that is going to show it.
 * Through `lazy` alone even one that is there shows the fallback first, and React keeps a fallback for a third of a second.
 */
export function lazyAhead<Props extends object>(fetched: () => Promise<ComponentType<Props>>) {
  let there: ComponentType<Props> | undefined;
  const load = async () => {
    there = await fetched();
    return { default: there };
  };
  const Lazy = lazy(load) as unknown as ComponentType<Props>;
  const Component = (props: Props) => {
    const [Shown] = useState<ComponentType<Props>>(() => there ?? Lazy);
    return <Shown {...props} />;
  };
  const expect = (): void => {
    // Who shows it asks again, and says what is wrong.
    load().catch(() => undefined);
  };
  return { Component, expect };
}
