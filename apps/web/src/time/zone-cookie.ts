/**
 * The cookie with the browser's time zone, by which the server writes times: see `startPage`.
 * Not a secret.
 */
export const zoneCookieName = 'pf_zone'
