import { type RefObject, useEffect, useRef } from 'react'

/**
 * Returns what was typed into a form since it was sent, by field: the answer must not take it.
 */
export function useTypedSince(form: RefObject<HTMLFormElement | null>): RefObject<Map<string, string>> {
  const typed = useRef(new Map<string, string>())
  useEffect(() => {
    const { current: element } = form
    const forget = () => typed.current.clear()
    const note = ({ target }: Event) => {
      const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
      if (isField) typed.current.set(target.name, target.value)
    }
    element?.addEventListener('submit', forget)
    element?.addEventListener('input', note)
    return () => {
      element?.removeEventListener('submit', forget)
      element?.removeEventListener('input', note)
    }
  }, [form])
  return typed
}
