import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * For a row that scrolls sideways: brings the chosen one of its children into sight, at first and whenever it is another.
 * @param chosen selects it within the row
 * @param key changes with it
 */
export function useInSight<Row extends HTMLElement>(chosen: string, key: string): RefObject<Row | null> {
  const ref = useRef<Row>(null);
  useLayoutEffect(() => {
    const row = ref.current;
    const box = row?.querySelector(chosen)?.getBoundingClientRect();
    if (!row || !box) return;
    const sight = row.getBoundingClientRect();
    if (box.left < sight.left) row.scrollLeft -= sight.left - box.left;
    else if (box.right > sight.right) row.scrollLeft += box.right - sight.right;
  }, [chosen, key]);
  return ref;
}
