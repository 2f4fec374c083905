export { CodeBlock } from './code-block';
export { SecretDialog } from './secret-dialog';
export { VerifySnippets } from './verify-snippets';
