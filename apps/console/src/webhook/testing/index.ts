export { TestResult } from './test-result';
export { useMenuTest } from './use-menu-test';
export { useTestSend } from './use-test-send';
