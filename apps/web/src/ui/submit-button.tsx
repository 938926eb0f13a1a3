'use client'

import type { MouseEvent, ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { OwnerField } from '../session/owner.tsx'
import { buttonLook, dangerButtonLook, quietButtonLook, smallButtonLook } from './button-look.ts'

const looks = { main: buttonLook, quiet: quietButtonLook, small: smallButtonLook, danger: dangerButtonLook }

interface SubmitButtonProps {
  children: ReactNode
  /** The button's text while the form is on its way, also for screen readers. */
  pendingText: string
  look?: keyof typeof looks
  /** What the form tells of this button, where it has several. */
  name?: string
  value?: string
}

/**
 * Sends its form, with whose page it is, once: further clicks do nothing until the answer comes. It
 * keeps the focus meanwhile. Each text is an element of its own: a browser's translator replaces
 * text nodes, and React fails to change one that is gone.
 */
export function SubmitButton({
  children,
  pendingText,
  look = 'main',
  name,
  value,
}: SubmitButtonProps): ReactNode {
  const { pending } = useFormStatus()
  const sendOnce = (event: MouseEvent) => {
    if (pending) event.preventDefault()
  }
  return (
    <>
      <OwnerField />
      <button
        type="submit"
        name={name}
        value={value}
        aria-disabled={pending}
        onClick={sendOnce}
        className={looks[look]}
      >
        {pending && <Spinner key="spinner" />}
        <span key={pending ? 'pending' : 'ready'}>{pending ? pendingText : children}</span>
      </button>
      <output className="sr-only">{pending && <span>{pendingText}</span>}</output>
    </>
  )
}

function Spinner(): ReactNode {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 animate-spin">
      <circle className="fill-none stroke-current opacity-30" strokeWidth="3" cx="10" cy="10" r="8" />
      <path
        className="fill-none stroke-current"
        strokeWidth="3"
        strokeLinecap="round"
        d="M10 2a8 8 0 0 1 8 8"
      />
    </svg>
  )
}
