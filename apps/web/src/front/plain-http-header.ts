/**
 * This header, which a client cannot set, tells a page that it was opened by plain HTTP, where
 * browsers keep no Secure cookie.
 */
export const plainHttpHeader = 'x-opened-by-plain-http'
