/** A quoted tag of a content (RFC 9110 §8.8.3): the same content, the same tag. */
export async function fileTag(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', typeof content === 'string' ? new TextEncoder().encode(content) : content))
  return `"${btoa(String.fromCharCode(...hash.subarray(0, 16)))}"`
}

/** Whether a reader has this version already (RFC 9110 §13.1.2). */
export function isKnown(tag: string, ifNoneMatch: string | null): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(tag.replace(/^W\//, '')) || known.includes('*')
}

/** Answers a file that is asked for again and again: whole, or 304 to who has this version already. */
export async function fileAnswer(request: Request, content: string | Uint8Array, headers: Readonly<Record<string, string>>): Promise<Response> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  const etag = await fileTag(bytes)
  const all = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', ...headers, etag }
  if (isKnown(etag, request.headers.get('if-none-match'))) return new Response(null, { status: 304, headers: all })
  return new Response(bytes, { headers: all })
}
