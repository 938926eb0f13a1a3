import { lazy, type ReactNode, Suspense } from 'react'
import { loadAfterLoad } from '../after-load/use-after-load.ts'
import type { DraftReason } from '../forms/drafts.ts'
import { useFormTexts } from '../forms/form-context.tsx'
import { Notice } from './notice.tsx'

/** A form that cannot load the countdown says how long to wait in its error alone. */
const Wait = lazy(() =>
  loadAfterLoad().then(
    (loaded) => ({ default: loaded.Wait }),
    () => ({ default: () => null }),
  ),
)

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
      {errors.wait !== undefined && (
        <Suspense>
          <Wait seconds={Number(errors.wait)} />
        </Suspense>
      )}
      {mayBeSaved && (
        <button type="button" className="button-small" onClick={() => window.location.reload()}>
          {texts.reload}
        </button>
      )}
    </div>
  )
}
