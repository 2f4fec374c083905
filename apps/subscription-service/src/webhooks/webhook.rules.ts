import type { Catalog } from '#libs/catalog';
import { type AddressResolver, checkWebhookUrl, type EgressPolicy } from '#libs/egress';
import { checkFilter, filterFault } from '#libs/filters';
import type { FieldError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import { secretFault } from '#libs/signing';
import { authFaults, headerFaults } from './auth-credentials.js';
import { withoutNulls } from './merge-settings.js';
import { metadataFaults } from './metadata.js';
import { retryPolicyFaults } from './retry-policy.js';
import type { WebhookRequest } from './webhook-request.js';
import type { WebhookSettings } from './webhook.js';

/** The rules of a webhook's fields that need more than the field's own form: catalog, network, other fields. */
export class WebhookRules {
  constructor(
    private readonly catalog: Pick<Catalog, 'expand'>,
    private readonly egressPolicy: EgressPolicy,
    private readonly resolver?: AddressResolver,
  ) {}

  /**
   * Checks every field that is given and reports all faults at once.
   * @param kept the webhook's own entries of `events`: one of them that the catalog has lost may stay
   * @returns the request with its URL in the form in which it was vetted
   * @throws AppError `VALIDATION_FAILED`
   */
  async check<Request extends WebhookRequest>(
    request: Request,
    kept: () => Promise<readonly string[]> = () => Promise.resolve([]),
  ): Promise<Request> {
    const { settings, auth, signing, secret } = request;
    const faults: FieldError[] = [];
    let url = settings.url;
    if (url !== undefined) {
      const verdict = await checkWebhookUrl(url, this.egressPolicy, this.resolver);
      if (verdict.ok) url = verdict.href;
      else faults.push({ field: 'url', rule: verdict.rule, message: verdict.message });
    }
    if (settings.events) faults.push(...(await this.eventFaults(settings.events, kept)));
    if (settings.filter !== undefined && settings.filter !== null) {
      const check = checkFilter(settings.filter);
      if (!check.ok) faults.push(filterFault('filter', check));
    }
    if (settings.headers) faults.push(...headerFaults('headers', withoutNulls(settings.headers)));
    if (settings.metadata) faults.push(...metadataFaults(withoutNulls(settings.metadata)));
    if (settings.retryPolicy) faults.push(...retryPolicyFaults(settings.retryPolicy));
    if (auth) faults.push(...authFaults(auth));
    if (secret) {
      const fault = secretFault(secret.reveal());
      if (fault) faults.push({ field: 'secret', ...fault });
      if (signing === false) faults.push({ field: 'secret', rule: 'signing-off', message: 'a secret needs signing to be on' });
    }
    if (faults.length > 0) throw validationFailed(faults);
    return url === undefined ? request : { ...request, settings: { ...settings, url } };
  }

  private async eventFaults(events: readonly string[], kept: () => Promise<readonly string[]>): Promise<FieldError[]> {
    const unknown = events.filter((event) => !this.catalog.expand(event));
    if (unknown.length === 0) return [];
    const allowed = new Set(await kept());
    return unknown
      .filter((event) => !allowed.has(event))
      .map((event) => {
        const message = `the catalog has no ${JSON.stringify(event)}`;
        return { field: `events[${events.indexOf(event)}]`, rule: 'unknown-event-type', message };
      });
  }

  /**
   * Checks what each change of a webhook may keep to and their sum still break: the number of headers and of keys.
   * @throws AppError `VALIDATION_FAILED`
   */
  checkMerged({ headers, metadata }: Partial<WebhookSettings>): void {
    const faults = [...(headers ? headerFaults('headers', headers) : []), ...(metadata ? metadataFaults(metadata) : [])];
    if (faults.length > 0) throw validationFailed(faults);
  }
}
