import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The form of a webhook, as someone fills it in, on a page or in a frame of one. */
export class WebhookForm {
  constructor(private readonly page: Page | FrameLocator) {}

  async fill({ name, url, event }: { readonly name?: string; readonly url?: string; readonly event?: string }): Promise<void> {
    if (name !== undefined) await this.page.getByLabel('Webhook name').fill(name);
    if (url !== undefined) await this.page.getByLabel('Request URL').fill(url);
    if (event !== undefined) await this.tick(event);
  }

  /** Finds an event by its name and ticks it. */
  async tick(event: string): Promise<void> {
    await this.page.getByLabel('Search events').fill(event);
    await this.page.getByRole('checkbox', { name: event }).first().check();
  }

  async choose(field: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: field, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  /** The secret that the dialog shows, which it then leaves the only way there is. */
  async storeSecret(): Promise<string> {
    const dialog = this.page.getByRole('dialog');
    const secret = await dialog.locator('code').first().textContent();
    await dialog.getByRole('button', { name: 'I stored it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    return secret ?? '';
  }

  /** The fields that say what is wrong with them: label and sentence. */
  async faults(): Promise<Record<string, string>> {
    await this.page.locator('[aria-invalid="true"]').first().waitFor();
    const entries = await this.page.locator('[aria-invalid="true"]').evaluateAll((fields) =>
      fields.map((field) => {
        const texts = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
        return [field.getAttribute('data-path') ?? '', texts[0] ?? ''] as const;
      }),
    );
    return Object.fromEntries(entries);
  }

  preview(): Locator {
    return this.page.getByRole('region', { name: 'Preview of the request' });
  }
}
