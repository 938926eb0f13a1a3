/** Returns whether a host is this machine: a socket's folder, or a loopback address. */
export function isLocal(host: string): boolean {
  return host.startsWith('/') || /^(localhost|127\.[\d.]+|\[?::1\]?)$/.test(host)
}
