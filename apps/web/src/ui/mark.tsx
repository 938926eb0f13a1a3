import type { ReactNode } from 'react'

/**
 * The product's mark: a folded flyer that looks out of a pocket. Decoration; the name stands beside
 * it.
 */
export function Mark({ className }: { className?: string }): ReactNode {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" className={className}>
      <path className="fill-coral" d="M13 1h12l6 6v20H13z" transform="rotate(7 20 14)" />
      <path className="fill-coral-deep" d="M25 1v6h6z" transform="rotate(7 20 14)" />
      <path
        className="fill-brand"
        d="M5 15h30v14.5a3 3 0 0 1-1.6 2.7l-12 6.3a3 3 0 0 1-2.8 0l-12-6.3A3 3 0 0 1 5 29.5z"
      />
      <path
        className="fill-none stroke-on-brand opacity-70"
        strokeWidth="1.5"
        strokeDasharray="2.6 2.2"
        d="M8 18.5h24v10.4l-12 6.3-12-6.3z"
      />
    </svg>
  )
}
