/** A request to a token endpoint (RFC 6749 section 3.2), and the client that makes it (section 2.3.1). */

/** What was asked for, and by whom. */
export interface TokenRequest {
  readonly parameters: URLSearchParams
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  /** The first part of the path, which is the tenant at Microsoft. */
  readonly tenant: string
}

/** Reads the form, and the credentials out of it or out of the header. */
export async function readTokenRequest(request: Request): Promise<TokenRequest> {
  const parameters = new URLSearchParams(await request.text())
  const basic = basicCredentials(request.headers.get('authorization') ?? '')
  return {
    parameters,
    clientId: basic?.id ?? given(parameters, 'client_id'),
    clientSecret: basic?.secret ?? given(parameters, 'client_secret'),
    tenant: new URL(request.url).pathname.split('/')[1] ?? '',
  }
}

/** A parameter, unless it is absent or empty, which is the same (RFC 6749 section 3.2). */
export function given(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.get(name) || undefined
}

function basicCredentials(header: string): { id: string; secret: string } | undefined {
  const encoded = /^basic (.+)$/i.exec(header)?.[1]
  if (encoded === undefined) return undefined
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':')
  return { id: decoded(id), secret: decoded(rest.join(':')) }
}

/** Both are to be encoded like a form before they are put together; many clients do not. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
