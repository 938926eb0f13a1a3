export { type ClientAddress, findClientAddress, type ForwardedRequest } from './client-address.ts'
export { parseAddress } from './parse-address.ts'
