/**
 * Where the browser keeps its time zone for the server, which writes times: see `RememberZone`. Not
 * a secret.
 */
export const zoneCookieName = 'pf_zone'
