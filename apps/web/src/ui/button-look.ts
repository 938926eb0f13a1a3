/** How a button looks; a link that acts like one takes it too. Never lower than 48 px. */
export const buttonLook =
  'inline-flex min-h-12 w-full cursor-pointer items-center justify-center gap-3 rounded-field bg-brand px-5 py-2.5 ' +
  'text-center font-bold text-on-brand no-underline transition-colors hover:bg-brand-strong hover:text-on-brand ' +
  'aria-disabled:cursor-progress aria-disabled:bg-brand-strong'

/** The same for what is possible but not the point of the page. */
export const quietButtonLook =
  'inline-flex min-h-12 w-full cursor-pointer items-center justify-center gap-3 rounded-field border-2 border-edge ' +
  'px-5 py-2.5 text-center font-bold text-ink no-underline transition-colors hover:border-ink hover:bg-board ' +
  'aria-disabled:cursor-progress'
