/** This machine, by the names and addresses it gives itself (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */

const loopback = /^(?:(?:.+\.)?localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i

/** Whether what is sent there stays on this machine. */
export function isLoopback(host: string): boolean {
  return loopback.test(host)
}
