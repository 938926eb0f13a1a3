import { zoneCookieName } from '../time/zone-cookie.ts'

const yearSeconds = 365 * 24 * 60 * 60

/**
 * Sends the browser's time zone to the server, which then writes times in it from the first render,
 * and lets the buttons in password fields show what is typed. Returns what ends that.
 */
export function startPage(): () => void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const secure = window.isSecureContext ? '; secure' : ''
  document.cookie = `${zoneCookieName}=${timeZone}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`
  const end = new AbortController()
  document.addEventListener('click', turn, { signal: end.signal })
  document.addEventListener('submit', hide, { signal: end.signal })
  return () => end.abort()
}

const toggles = 'button[aria-controls][aria-pressed]'

function turn({ target }: Event): void {
  const toggle = target instanceof Element && target.closest(toggles)
  if (toggle) show(toggle, toggle.getAttribute('aria-pressed') === 'false')
}

/** A password is hidden again when its form is sent. */
function hide({ target }: Event): void {
  if (target instanceof Element) for (const toggle of target.querySelectorAll(toggles)) show(toggle, false)
}

function show(toggle: Element, isShown: boolean): void {
  toggle.setAttribute('aria-pressed', String(isShown))
  toggle.previousElementSibling?.setAttribute('type', isShown ? 'text' : 'password')
}

/** Takes the notice of a page out of the address bar. */
export function forgetNotice(): void {
  const url = new URL(window.location.href)
  url.searchParams.delete('notice')
  window.history.replaceState(null, '', url)
}
