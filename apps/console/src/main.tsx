import '@mantine/core/styles.layer.css';
import './app/theme/global.css';
import { createRoot } from 'react-dom/client';
import { lazy, StrictMode, Suspense } from 'react';
import { connectApi, credentials } from './api';
import { Console } from './app/console';
import { embedding, takePortalToken } from './app/embedding';
import { startI18n } from './app/i18n';
import { Providers } from './app/providers';
import { expectPage } from './app/router';
import { shareSession } from './app/session-sharing';
import { styleNonce } from './shown';

const SignIn = lazy(() => import('./sign-in').then(({ SignIn: component }) => ({ default: component })));

takePortalToken(location, history);
connectApi();
// Where libraries below Mantine look for the nonce of the style elements they add.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce();
await Promise.all([startI18n(new URLSearchParams(location.search).get('locale')), embedding.embedded ? undefined : shareSession()]);

if (credentials.get()) expectPage();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers>
      <Console
        signIn={
          <Suspense fallback={null}>
            <SignIn />
          </Suspense>
        }
      />
    </Providers>
  </StrictMode>,
);
