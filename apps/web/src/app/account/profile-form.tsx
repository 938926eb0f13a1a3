'use client'

import type { Profile } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { accountPages } from './pages.ts'
import { updateProfile } from './update-profile.ts'

interface ProfileFormProps {
  texts: Texts['profileForm']
  /** Without a name, it has an empty one. */
  profile: Profile
}

/** The form that edits the profile in place. */
export function ProfileForm({ texts, profile }: ProfileFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(updateProfile, ['display_name', 'bio'])
  const isUnnamed = profile.display_name === ''
  const { display_name = profile.display_name, bio = profile.bio } = state.values
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      {isUnnamed && <input type="hidden" name="unnamed" value="true" />}
      <Field
        {...field('display_name')}
        label={texts.name}
        autoComplete="nickname"
        dir="auto"
        defaultValue={display_name}
        required={!isUnnamed}
      />
      <TextArea {...field('bio')} label={texts.about} hint={texts.aboutHint} dir="auto" defaultValue={bio} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pendingText={texts.saving}>{texts.save}</SubmitButton>
        <a href={accountPages.profile.path} className="button-quiet">
          {texts.cancel}
        </a>
      </div>
    </form>
  )
}
