import { fileURLToPath } from 'node:url'
import { test } from './flyers-stack.ts'

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 860 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport, deviceScaleFactor: 1 })

      test('flyers', async ({ page, loginPage, newcomer }) => {
        const shoot = (name: string) =>
          page.screenshot({
            path: `${folder}${name}-${viewport.width}-${colorScheme}.png`,
            animations: 'disabled',
          })
        await loginPage.logIn(newcomer)
        for (const [title, body] of [
          ['Bicycle repair café', 'Bring your bicycle and patience.\nEvery first Sunday, in the yard.'],
          ['Street festival', 'Saturday from noon. Music, pancakes and a flea market.'],
        ] as const) {
          await page.goto('/flyers?post')
          await page.getByLabel('Title').fill(title)
          await page.getByLabel('What it says').fill(body)
          await page.getByRole('button', { name: 'Post flyer' }).click()
          await page.getByText('Your flyer is posted.').waitFor()
        }
        await page.goto('/flyers')
        await shoot('flyers')
        await page.goto('/flyers?post')
        await shoot('flyers-post')
      })
    })
  }
}
