'use client'

import type { Profile } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import { quietButtonLook } from '../../ui/button-look.ts'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { accountPages } from './pages.ts'
import { updateProfile } from './update-profile.ts'

/** The form that edits the profile in place. Without a name, `profile` has an empty one. */
export function ProfileForm({ profile }: { profile: Profile }): ReactNode {
  const { state, ref, submit, field } = useForm(updateProfile, ['display_name', 'bio'])
  const isUnnamed = profile.display_name === ''
  const { display_name = profile.display_name, bio = profile.bio } = state.values
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      {isUnnamed && <input type="hidden" name="unnamed" value="true" />}
      <Field
        {...field('display_name')}
        label="Display name"
        autoComplete="nickname"
        dir="auto"
        defaultValue={display_name}
        required={!isUnnamed}
      />
      <TextArea
        {...field('bio')}
        label="About you"
        hint="What you tell others about yourself."
        dir="auto"
        defaultValue={bio}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pendingText="Saving…">Save profile</SubmitButton>
        <a href={accountPages.profile.path} className={quietButtonLook}>
          Cancel
        </a>
      </div>
    </form>
  )
}
