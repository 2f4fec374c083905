import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const TEXTS = 'virtual:texts/';

/**
 * Makes each module bring the texts that it names: one that says `t('webhookForm.…')` imports those of `webhook-form/*.en.json`, so
 * that they come with the first chunk that shows any of them, and not before.
 * @param sources the folder of the features, absolute
 */
export function textsOnDemand(sources: string): Plugin {
  const folders = textFolders(sources);
  return {
    name: 'texts-on-demand',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(TEXTS) ? `\0${id}` : undefined),
    load: (id) => {
      if (!id.startsWith(`\0${TEXTS}`)) return undefined;
      const root = id.slice(TEXTS.length + 1);
      const files = textFiles(join(sources, folders.get(root) ?? root));
      const imports = files.map((file, at) => `import texts${at} from ${JSON.stringify(file)};`);
      const texts = files.map((_, at) => `...texts${at}`).join(', ');
      const registry = JSON.stringify(join(sources, 'app/i18n/texts.ts'));
      return `${imports.join('\n')}\nimport { addTexts } from ${registry};\naddTexts(${JSON.stringify(root)}, { ${texts} });\n`;
    },
    transform: (code, id) => {
      if (!id.startsWith(sources) || !/(?<!\.spec)\.tsx?$/.test(id)) return undefined;
      const imports = namedRoots(code, folders.keys()).map((root) => `import '${TEXTS}${root}';`);
      // On the first line, so that the lines of the source stay where they are.
      return imports.length === 0 ? undefined : { code: `${imports.join(' ')} ${code}`, map: null };
    },
  };
}

/** Of each feature that has texts: what its keys begin with (`webhookForm`), and its folder (`webhook-form`). */
export function textFolders(sources: string): ReadonlyMap<string, string> {
  const folders = readdirSync(sources, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    folders
      .filter(({ name }) => textFiles(join(sources, name)).length > 0)
      .map(({ name }) => [name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), name]),
  );
}

/** The texts of a feature; several files of one folder (`operator/lag.en.json`) are put together. */
export function textFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.en.json'))
    .map((name) => join(folder, name));
}

/** Those of the roots that any literal of the source begins with, be its rest put together when it runs. */
export function namedRoots(code: string, roots: Iterable<string>): string[] {
  return [...roots].filter((root) => new RegExp(`['"\`]${root}\\.[\\w$]`).test(code));
}
