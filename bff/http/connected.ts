/** What a server knows of a connection, as @hono/node-server hands it on: the address as it was sent, from where, and a way to break off. */
export interface Connected {
  incoming?: { url?: string | undefined; socket?: { remoteAddress?: string | undefined } | undefined } | undefined
  outgoing?: { destroy: () => unknown } | undefined
}

/** The path and query as they were sent; null where that is not known. */
export function sentTarget(connected: Connected | undefined): string | null {
  const target = connected?.incoming?.url
  return target?.startsWith('/') === true ? target : null
}

/** The path and query that a request is for: as they were sent, where that is known. */
export function targetOf({ url }: Request, connected: Connected | undefined): string {
  return sentTarget(connected) ?? url.slice(url.indexOf('/', url.indexOf('//') + 2))
}
