'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { accountPages } from '../account/pages.ts'
import { postFlyer } from './post-flyer.ts'

/**
 * The form for a new flyer. The form creates the flyer's id, so that sending it twice posts one
 * flyer.
 */
export function FlyerForm({ texts, id }: { texts: Texts['flyerForm']; id: string }): ReactNode {
  const { state, ref, submit, field } = useForm(postFlyer, ['id', 'title', 'body'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <input type="hidden" name="id" value={state.values.id ?? id} />
      <Field {...field('title')} label={texts.title} dir="auto" defaultValue={state.values.title} required />
      <TextArea
        {...field('body')}
        label={texts.body}
        hint={texts.bodyHint}
        dir="auto"
        defaultValue={state.values.body}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pendingText={texts.posting}>{texts.post}</SubmitButton>
        <a href={accountPages.flyers.path} className="button-quiet">
          {texts.cancel}
        </a>
      </div>
    </form>
  )
}
