export { Page } from './page';
export { type RootSearch, rootRoute } from './root-route';
export { type Session, useSession } from './session';
