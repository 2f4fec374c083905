export { RowTable, type TableColumn } from './row-table';
export { UrlTabs } from './url-tabs';
export { useCursorList } from './use-cursor-list';
