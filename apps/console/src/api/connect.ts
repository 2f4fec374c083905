import { credentials } from './credentials';
import { client } from './generated/client.gen';
import { answeredProblem, ApiError, problemOf } from './problem';
import { fetchInTime } from './time-limit';

const UNAUTHORIZED = 401;

/** Makes every call of the generated client carry the credentials, and every failure an `ApiError`. Once, before the first call. */
export function connectApi(): void {
  // The console is served by the API's own service: paths are enough.
  client.setConfig({ baseUrl: '', fetch: fetchInTime });
  client.interceptors.request.use((request) => {
    const held = credentials.get();
    // A key that is only being tried brings its own header.
    if (held && !request.headers.has('authorization')) request.headers.set('authorization', `Bearer ${held.token}`);
    if (held?.account !== undefined && !request.headers.has('hookstream-account')) {
      request.headers.set('hookstream-account', encodeURIComponent(held.account));
    }
    return request;
  });
  client.interceptors.response.use((response, request) => {
    const held = credentials.get();
    const isOfHeld = held !== undefined && request.headers.get('authorization') === `Bearer ${held.token}`;
    if (response.status === UNAUTHORIZED && isOfHeld) credentials.set(undefined, { refused: true });
    return response;
  });
  client.interceptors.error.use((error, response) => {
    return new ApiError(response ? answeredProblem(error, response.status) : problemOf(error));
  });
}
