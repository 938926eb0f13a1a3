export { type ClientAddress, findClientAddress, type ForwardedRequest } from './client-address.ts'
export { toCanonicalAddress } from './canonical-address.ts'
