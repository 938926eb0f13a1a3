import { type ReactNode, useEffect, useRef } from 'react'
import type { Form } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { CodeField } from '../../ui/code-field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { RegistrantFacts, type ShownRegistrant } from './registrant-facts.tsx'
import { useIsPerson } from './use-is-person.ts'

/** What the form of a link says, and the decision that it leads to. */
export interface LinkTexts {
  verifyEmail: Pick<Texts['verifyEmail'], 'confirm' | 'confirmByCode' | 'confirming'>
  mailCode: Pick<Texts['mailCode'], 'label' | 'checking'>
  registrant: Omit<Texts['registrant'], 'wrong' | 'rejected'>
}

interface DecisionProps {
  texts: LinkTexts
  /** The secret of the link. */
  token: string
  /** That of the link. Its two forms share it: without JavaScript, a page has one state. */
  form: Form<'code', ShownRegistrant>
  registrant: ShownRegistrant
}

/** Shows who registered, and asks the reader of the mail whether it was them. */
export function Decision({ registrant, ...props }: DecisionProps): ReactNode {
  const { registrant: texts } = props.texts
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="grid gap-6">
      <section className="grid gap-3">
        <h2 ref={heading} tabIndex={-1} className="text-xl font-bold">
          {texts.title}
        </h2>
        <RegistrantFacts texts={texts} registrant={registrant} />
      </section>
      <ConfirmForPeople {...props} />
      <CodeDecision {...props} />
    </div>
  )
}

type FormProps = Omit<DecisionProps, 'registrant'>

/** The two answers that need the code of the mail: no robot gives them. */
function CodeDecision({ texts: { mailCode, registrant, verifyEmail }, token, form }: FormProps): ReactNode {
  const { state, ref, submit, field } = form
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <input type="hidden" name="t" value={token} />
      <p className="leading-relaxed">{registrant.notMine}</p>
      <CodeField
        {...field('code')}
        label={mailCode.label}
        hint={registrant.codeHint}
        defaultValue={state.values.code}
      />
      <SubmitButton look="quiet" pendingText={mailCode.checking} name="decision" value="confirm">
        {verifyEmail.confirmByCode}
      </SubmitButton>
      <SubmitButton look="danger" pendingText={mailCode.checking} name="decision" value="reject">
        {registrant.reject}
      </SubmitButton>
    </form>
  )
}

/**
 * The button that confirms without a code. Its place is kept before it comes: what stands below
 * must not move under the pointer.
 */
function ConfirmForPeople({ texts: { verifyEmail }, token, form: { submit } }: FormProps): ReactNode {
  const isPerson = useIsPerson()
  return (
    <div className="min-h-13 noscript:hidden">
      {isPerson && (
        <form action={submit} noValidate>
          <input type="hidden" name="t" value={token} />
          <SubmitButton pendingText={verifyEmail.confirming} name="decision" value="press">
            {verifyEmail.confirm}
          </SubmitButton>
        </form>
      )}
    </div>
  )
}
