export { testSendsApi } from './test-send.openapi.js';
export { TestSendsModule } from './test-sends.module.js';
