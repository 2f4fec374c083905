import { EditorState } from '@uiw/react-codemirror';
import type { TFunction } from 'i18next';

/** What the editor itself says, by the words that it knows it under. */
export function codePhrases(t: TFunction) {
  return EditorState.phrases.of({
    'Fold line': t('shown.code.fold'),
    'Unfold line': t('shown.code.unfold'),
    'folded code': t('shown.code.folded'),
    unfold: t('shown.code.unfold'),
    Find: t('shown.code.find'),
    next: t('shown.code.next'),
    previous: t('shown.code.previous'),
    all: t('shown.code.all'),
    'match case': t('shown.code.matchCase'),
    regexp: t('shown.code.regexp'),
    'by word': t('shown.code.byWord'),
    Replace: t('shown.code.replaceWith'),
    replace: t('shown.code.replace'),
    'replace all': t('shown.code.replaceAll'),
    close: t('shown.close'),
  });
}
