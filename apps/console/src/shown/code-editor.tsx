import { json } from '@codemirror/lang-json';
import { useComputedColorScheme } from '@mantine/core';
import CodeMirror, { EditorView, Prec } from '@uiw/react-codemirror';
import { useTranslation } from 'react-i18next';
import { codePhrases } from './code-phrases';
import { CopyIcon } from './copy-icon';
import { styleNonce } from './style-nonce';
import classes from './shown.module.css';

export interface CodeEditorProps {
  readonly text: string;
  /** Names it for those who do not see it. */
  readonly label: string;
  readonly language?: 'json' | 'text';
  readonly maxHeight?: string;
  /** Absent: it is only shown. */
  readonly onChange?: (text: string) => void;
}

// The colours of the words can be read on the page's own ground; on that of the editor's dark theme some cannot.
const LOOKS = Prec.highest(
  EditorView.theme({
    '&': { backgroundColor: 'var(--hs-canvas)' },
    '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--mantine-color-dimmed)' },
    '.cm-foldGutter span': { color: 'var(--mantine-color-dimmed)' },
  }),
);

/** What was received is shown as text, never as HTML. */
export function CodeEditor({ text, label, language = 'json', maxHeight = '420px', onChange }: CodeEditorProps) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const readOnly = onChange === undefined;
  return (
    <div className={classes.code}>
      <CodeMirror
        value={text}
        theme={scheme}
        maxHeight={maxHeight}
        editable={!readOnly}
        basicSetup={{ foldGutter: true, highlightActiveLine: !readOnly, highlightActiveLineGutter: !readOnly }}
        extensions={[
          ...(language === 'json' ? [json()] : []),
          EditorView.cspNonce.of(styleNonce()),
          codePhrases(t),
          LOOKS,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, ...(readOnly ? { tabindex: '0', 'aria-readonly': 'true' } : {}) }),
        ]}
        {...(onChange ? { onChange } : {})}
      />
      <div className={classes.codeCopy}>
        <CopyIcon text={text} label={label} />
      </div>
    </div>
  );
}
