const shape =
  'inline-flex cursor-pointer items-center justify-center gap-3 rounded-field text-center font-bold no-underline ' +
  'transition-colors aria-disabled:cursor-progress '

/** The style of a button, or of a link that acts like one. At least 44 px high. */
export const buttonLook =
  `${shape} min-h-12 w-full bg-brand px-5 py-2.5 text-on-brand ` +
  'hover:bg-brand-strong hover:text-on-brand aria-disabled:bg-brand-strong'

/** The style of a secondary button. */
export const quietButtonLook =
  `${shape} min-h-12 w-full border-2 border-edge px-5 py-2.5 text-ink ` +
  'hover:border-ink hover:bg-board hover:text-ink'

/** The style of a secondary button beside other content, only as wide as its text. */
export const smallButtonLook =
  `${shape} min-h-11 shrink-0 border-2 border-edge px-4 py-1.5 text-ink ` +
  'hover:border-ink hover:bg-board hover:text-ink'
