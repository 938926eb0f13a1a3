import { expect, type Page } from '@playwright/test'

/** Presses Tab until the control has the focus; each step must be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const focused = page.locator(':focus')
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press('Tab')
    const [control] = await focused.all()
    if (control !== undefined) {
      const { outlineStyle } = await control.evaluate((element) => ({
        outlineStyle: getComputedStyle(element).outlineStyle,
      }))
      expect(outlineStyle).toBe('solid')
    }
    const label = await focused.evaluate(
      (element) =>
        element.getAttribute('aria-label') ??
        (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? element.labels?.[0]?.textContent
          : element.textContent) ??
        '',
    )
    if (typeof name === 'string' ? label === name : name.test(label)) return
  }
  throw new Error(`Tab does not reach ${String(name)}.`)
}
