type Texts = { readonly [key: string]: string | Texts };

/**
 * The English texts of all features. Those of `webhook-form/webhook-form.en.json` are found under `webhookForm.`: a file holds what
 * comes below its root. Several files of one folder (`operator/lag.en.json`) are put together under the folder's root.
 */
export function englishTexts(): Texts {
  const files = import.meta.glob<Texts>('/src/*/*.en.json', { eager: true, import: 'default' });
  const roots: Record<string, Texts> = {};
  for (const [path, texts] of Object.entries(files)) {
    const root = rootOf(path);
    roots[root] = { ...roots[root], ...texts };
  }
  return roots;
}

function rootOf(path: string): string {
  const folder = path.split('/').at(-2) ?? '';
  return folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
