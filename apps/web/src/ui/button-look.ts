/** An edge that forced colours make visible, where a button's own colours are gone. */
const shape =
  'inline-flex max-w-full cursor-pointer items-center justify-center gap-3 rounded-field border-2 text-center ' +
  'font-bold no-underline transition-colors aria-disabled:cursor-progress'

const large = `${shape} fill-place min-h-12 px-[min(1.5rem,5vw)] py-2.5`

const quiet = 'border-edge text-ink hover:border-ink hover:bg-board hover:text-ink'

/** The style of a button, or of a link that acts like one. At least 44 px high. */
export const buttonLook =
  `${large} border-transparent bg-brand text-on-brand ` +
  'hover:bg-brand-strong hover:text-on-brand aria-disabled:bg-brand-strong'

/** The style of a secondary button. */
export const quietButtonLook = `${large} ${quiet}`

/** The style of a secondary button beside other content, only as wide as its text. */
export const smallButtonLook = `${shape} min-h-11 px-[min(1rem,4vw)] py-1.5 ${quiet}`

/** The style of a button that takes something away from the user. */
export const dangerButtonLook = `${large} border-danger text-danger hover:bg-danger hover:text-paper aria-disabled:bg-danger-tint`
