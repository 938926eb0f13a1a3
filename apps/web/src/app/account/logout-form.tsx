'use client'

import { type ReactNode, type SubmitEvent, useCallback, useEffect, useRef } from 'react'
import { useOwner } from '../../session/owner.tsx'
import { accountPath, logoutPath } from '../../session/paths.ts'
import { pendingLogout } from '../../session/pending-logout.ts'
import type { Texts } from '../../texts/texts.ts'
import { SubmitButton } from '../../ui/submit-button.tsx'

/**
 * The logout. After it the browser loads the login anew, which discards the page and all that it
 * holds. Cookies that no script can read, no script can delete: a browser that is offline stays
 * logged in, says so, hides the page, and logs out as soon as it can.
 */
export function LogoutForm({ texts }: { texts: Texts['logout'] }): ReactNode {
  const owner = useOwner() ?? ''
  const form = useRef<HTMLFormElement>(null)
  const offline = useRef<HTMLDialogElement>(null)

  const logOutLate = useCallback(() => {
    if (!pendingLogout.isOf(owner)) return
    if (navigator.onLine) form.current?.requestSubmit()
    else offline.current?.showModal()
  }, [owner])

  useEffect(() => {
    logOutLate()
    window.addEventListener('online', logOutLate)
    return () => window.removeEventListener('online', logOutLate)
  }, [logOutLate])

  const logOut = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    sessionStorage.clear()
    pendingLogout.set(owner)
    try {
      const body = new FormData(event.currentTarget)
      const { url, redirected } = await fetch(logoutPath, { method: 'POST', body })
      window.location.replace(redirected ? url : accountPath)
    } catch {
      offline.current?.showModal()
      setTimeout(logOutLate, retryMs)
    }
  }
  const stay = () => {
    pendingLogout.clear()
    offline.current?.close()
  }

  return (
    <>
      <form ref={form} action={logoutPath} method="post" onSubmit={logOut}>
        <SubmitButton look="small" pendingText={texts.pending}>
          {texts.button}
        </SubmitButton>
      </form>
      <dialog ref={offline} className={dialogLook} onCancel={stay}>
        <h2 className="text-xl font-bold">{texts.offlineTitle}</h2>
        <p className="my-4 leading-relaxed">{texts.offline}</p>
        <button type="button" className="button-quiet" onClick={stay}>
          {texts.stay}
        </button>
      </dialog>
    </>
  )
}

/** A browser says that it is online before the network is there. */
const retryMs = 2000

const dialogLook = 'm-auto max-w-sm rounded-lg border-2 border-edge bg-paper p-6 text-ink backdrop:bg-board'
