/**
 * Focuses the first empty field of a form, if nothing has the focus. Not on a touch screen, where
 * the keyboard would cover the page.
 */
export function focusFirst(form: HTMLFormElement): void {
  if (document.activeElement !== document.body || !window.matchMedia('(pointer: fine)').matches) return
  const fields = form.querySelectorAll<HTMLElement>('input:not([type=hidden], [hidden]), textarea')
  fields.item(0)?.focus({ preventScroll: true })
}
