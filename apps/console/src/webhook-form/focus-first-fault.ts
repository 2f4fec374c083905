/** Takes the reader to the first field with a fault, in the order of the page. */
export function focusFirstFault(form: HTMLElement | null): void {
  // The faults are drawn first.
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"], input[data-invalid]');
    const alert = form?.querySelector<HTMLElement>('[role="alert"]');
    if (field && (!alert || field.compareDocumentPosition(alert) & Node.DOCUMENT_POSITION_FOLLOWING)) {
      field.focus();
    } else if (alert) {
      alert.setAttribute('tabindex', '-1');
      alert.focus();
      alert.scrollIntoView({ block: 'center' });
    }
  });
}
