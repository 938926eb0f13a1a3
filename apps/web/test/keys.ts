import { expect, type Locator, type Page } from '@playwright/test'

/** Presses Tab until the control has the focus, if it has not; each step must be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const focused = page.locator(':focus')
  for (let step = 0; step < 20; step += 1) {
    const [control] = await focused.all()
    if (control !== undefined) {
      const label = await describe(control)
      if (typeof name === 'string' ? label === name : name.test(label)) return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${String(name)}.`)
}

async function describe(control: Locator): Promise<string> {
  const { outlineStyle, label } = await control.evaluate((element) => ({
    outlineStyle: getComputedStyle(element).outlineStyle,
    label:
      element.getAttribute('aria-label') ??
      (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? element.labels?.[0]?.textContent
        : element.textContent) ??
      '',
  }))
  expect(outlineStyle).toBe('solid')
  return label
}
