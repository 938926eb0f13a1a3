const shape =
  'inline-flex cursor-pointer items-center justify-center gap-3 rounded-field text-center font-bold no-underline ' +
  'transition-colors aria-disabled:cursor-progress '

/** How a button looks; a link that acts like one takes it too. Never lower than 44 px. */
export const buttonLook =
  `${shape} min-h-12 w-full bg-brand px-5 py-2.5 text-on-brand ` +
  'hover:bg-brand-strong hover:text-on-brand aria-disabled:bg-brand-strong'

/** The same for what is possible but not the point of the page. */
export const quietButtonLook =
  `${shape} min-h-12 w-full border-2 border-edge px-5 py-2.5 text-ink ` +
  'hover:border-ink hover:bg-board hover:text-ink'

/** The same beside something else, only as wide as its words. */
export const smallButtonLook =
  `${shape} min-h-11 shrink-0 border-2 border-edge px-4 py-1.5 text-ink ` +
  'hover:border-ink hover:bg-board hover:text-ink'
