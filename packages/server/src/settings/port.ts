/**
 * Kubernetes sets `<NAME>_PORT` in every pod for each Service of its namespace: one called `web`
 * sets WEB_PORT.
 */
const kubernetesAddress = /^(tcp|udp|sctp):\/\//

/** Returns what is wrong with the value of a port setting, and its fix; `undefined`: nothing. */
export function findPortFault(text: string): string | undefined {
  if (kubernetesAddress.test(text))
    return 'is the address of a Kubernetes Service, not a port: set enableServiceLinks: false in the pod, or rename the Service'
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return undefined
  return 'must be a port from 0 to 65535'
}
