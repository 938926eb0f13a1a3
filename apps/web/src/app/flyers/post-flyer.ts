'use server'

import { randomUUID } from 'node:crypto'
import { newFlyer } from '@pockitflyer/flyers/schema'
import { notFound, redirect } from 'next/navigation'
import { getEnvironment } from '../../environment.ts'
import { askFlyersService } from '../../flyers-service.ts'
import { readEntries } from '../../forms/entries.ts'
import { describeIssues } from '../../forms/failures.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { authenticatedAction } from '../../session/authenticated-action.ts'
import { readTexts } from '../../texts/texts.ts'
import { accountPages } from '../account/pages.ts'

type FlyerField = 'id' | 'title' | 'body'

const { path } = accountPages.flyers

type Entered = Partial<Record<FlyerField, string>>

/**
 * The form's action: posts the flyer and shows it, or returns what is wrong and keeps the input.
 */
export async function postFlyer(
  previous: FormState<FlyerField>,
  form: FormData,
): Promise<FormState<FlyerField>> {
  if (getEnvironment().flyersUrl === undefined) notFound()
  const fields = ['title', 'body'] as const
  const entered = readEntries(form, ['id', ...fields])
  const errors = await post(entered, form)
  if (errors === undefined) redirect(`${path}?notice=posted`)
  const values = errors.id === undefined ? entered : { ...entered, id: randomUUID() }
  return refuseForm(previous, { values, errors, fields })
}

/** Normalizes line breaks: a browser sends two characters for each, and the flyer has one. */
async function post(
  { id, title, body }: Entered,
  form: FormData,
): Promise<FormErrors<FlyerField> | undefined> {
  const input = newFlyer.safeParse({ id, title, body: body?.replaceAll('\r\n', '\n') })
  if (!input.success) return describeIssues(input.error.issues)
  const sent = { path: `${path}?post`, form, kept: ['id', 'title', 'body'] }
  const outcome = await authenticatedAction(sent, (account) =>
    askFlyersService(account, (flyers) => flyers.create.mutate(input.data)),
  )
  if (outcome.kind === 'done') return undefined
  const isTaken = outcome.kind === 'failed' && outcome.answer?.httpStatus === 409
  // The form was posted, reopened by the back button and changed.
  return isTaken ? { id: 'taken', form: (await readTexts()).flyers.taken } : outcome.errors
}
