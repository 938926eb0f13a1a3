/**
 * By this header, which a client cannot set, a page learns that it was opened by plain http, where
 * browsers keep no Secure cookie.
 */
export const plainHttpHeader = 'x-opened-by-plain-http'
