export { portalApi } from './portal.openapi.js';
export { PortalModule } from './portal.module.js';
