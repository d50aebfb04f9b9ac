/** The authority of the generated certificates among those that the process trusts, where Node can be told so (22.19, 24.5 and newer). */
// A name that this version of Node does not have must not be imported.
import * as tls from 'node:tls'

/** How many rely on each authority. */
const relying = new Map<string, number>()

/** Whether Node can be told whom to trust while it runs. */
const canTrust = typeof tls.setDefaultCACertificates === 'function'

/** Makes the process trust an authority (PEM) until the function that comes back is called. It has no effect where Node cannot be told. */
export function trust(authority: string): () => void {
  const before = relying.get(authority) ?? 0
  relying.set(authority, before + 1)
  if (before === 0) changeTrusted((trusted) => [...trusted, authority])
  return () => {
    const left = (relying.get(authority) ?? 0) - 1
    relying.set(authority, left)
    if (left > 0) return
    relying.delete(authority)
    changeTrusted((trusted) => trusted.filter((each) => each.trim() !== authority.trim()))
  }
}

function changeTrusted(change: (trusted: readonly string[]) => readonly string[]): void {
  if (canTrust) tls.setDefaultCACertificates(change(tls.getCACertificates('default')))
}
