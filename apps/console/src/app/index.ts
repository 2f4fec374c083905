export { Allowed } from './allowed';
export { consoleSettings } from './console-settings';
export { Page } from './page';
export { type RootSearch, rootRoute } from './root-route';
export { ScopeRequired, useScopeWords } from './scope-required';
export { type Scope, type Session, useSession } from './session';
