/** The style of a button, or of a link that acts like one. At least 44 px high. */
export const buttonLook = 'button button-large button-main'

/** The style of a secondary button. */
export const quietButtonLook = 'button button-large button-quiet'

/** The style of a secondary button beside other content, only as wide as its text. */
export const smallButtonLook = 'button button-small button-quiet'

/** The style of a button that takes something away from the user. */
export const dangerButtonLook = 'button button-large button-danger'
