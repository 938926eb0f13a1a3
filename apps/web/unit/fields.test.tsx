import { expect, test } from 'vitest'
import { Field } from '../src/ui/field.tsx'
import { FormError } from '../src/ui/form-error.tsx'
import { Notice } from '../src/ui/notice.tsx'
import { TextArea } from '../src/ui/text-area.tsx'
import { render } from './request-scope.ts'

for (const [name, Control] of Object.entries({ Field, TextArea })) {
  test(`${name}: label, hint and error are tied to the control`, async () => {
    const { result } = await render({}, () => (
      <Control name="a" label="A" hint="Hint" error="Wrong" startsFocused />
    ))
    expect(result).toContain('<label for="a"')
    expect(result).toMatch(/id="a-hint"[^>]*>Hint</)
    expect(result).toMatch(/id="a-error" role="alert"/)
    expect(result).toMatch(/ id="a" [^>]*name="a"/i)
    expect(result).toContain('aria-invalid="true"')
    expect(result).toContain('aria-describedby="a-error a-hint"')
    expect(result).toMatch(/autofocus=""/i)
  })

  test(`${name}: without hint and error it is described by nothing and valid`, async () => {
    const { result } = await render({}, () => <Control name="a" label="A" />)
    expect(result).toContain('aria-invalid="false"')
    expect(result).not.toMatch(/aria-describedby|role="alert"|autofocus/i)
  })
}

test("a form's error is announced at once, and success is silent", async () => {
  const state = { attempt: 1, errors: { form: 'Wrong' } }
  expect((await render({}, () => <FormError state={state} />)).result).toMatch(/role="alert"[^>]*>Wrong</)
  expect((await render({}, () => <FormError state={{ attempt: 1, errors: {} }} />)).result).toBe('')
  const info = await render({}, () => <Notice tone="info">Saved</Notice>)
  expect(info.result).toMatch(/role="status"[^>]*>Saved</)
})
