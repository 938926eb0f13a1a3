import type { ReactNode } from 'react'
import type { DraftReason } from '../forms/drafts.ts'
import { useCountdown } from '../forms/use-countdown.ts'
import { useFormTexts } from '../forms/form-texts.tsx'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import { smallButtonLook } from './button-look.ts'
import { Notice } from './notice.tsx'

interface FormErrorProps {
  /** The form's state. */
  state: {
    attempt: number
    errors: { form?: string | undefined; wait?: string | undefined }
    mayBeSaved?: boolean | undefined
    draft?: DraftReason | undefined
  }
}

/**
 * The error of a whole form, announced again when it happens again; or that the form holds a draft.
 */
export function FormError({ state: { attempt, errors, mayBeSaved, draft } }: FormErrorProps): ReactNode {
  const texts = useFormTexts()
  if (errors.form === undefined) {
    return draft === undefined ? null : <Notice tone="info">{texts[draft]}</Notice>
  }
  return (
    <div key={attempt} className="grid justify-items-start gap-3">
      <Notice tone="error">{errors.form}</Notice>
      {errors.wait !== undefined && <Wait seconds={Number(errors.wait)} />}
      {mayBeSaved && (
        <button type="button" className={smallButtonLook} onClick={() => window.location.reload()}>
          {texts.reload}
        </button>
      )}
    </div>
  )
}

/** Counts down to the next attempt, silently: a screen reader has heard how long it takes. */
function Wait({ seconds }: { seconds: number }): ReactNode {
  const { wait = '', waitOver } = useFormTexts()
  const left = useCountdown(seconds)
  const time = [left / 3600, (left / 60) % 60, left % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
  return <p className="tabular-nums noscript:hidden">{left > 0 ? fillText(wait, { time }) : waitOver}</p>
}
