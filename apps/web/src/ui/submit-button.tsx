'use client'

import type { MouseEvent, ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { OwnerField } from '../session/owner.tsx'

interface SubmitButtonProps {
  children: ReactNode
  /** The button's text while the form is on its way, also for screen readers. */
  pendingText: string
  /** As `globals.css` has it. */
  look?: 'main' | 'quiet' | 'small' | 'danger'
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
        className={`button-${look}`}
      >
        <span key={pending ? 'pending' : 'ready'}>{pending ? pendingText : children}</span>
      </button>
      <output className="sr-only">{pending && <span>{pendingText}</span>}</output>
    </>
  )
}
