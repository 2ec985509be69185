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

/** Whether a reader takes content packed by gzip (RFC 9110 §12.5.3). */
const TAKES_GZIP = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i

/** Answers a file that is asked for again and again: whole, and packed for who takes that, or 304 to who has this version already. */
export async function fileAnswer(request: Request, content: string | Uint8Array, headers: Readonly<Record<string, string>>): Promise<Response> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  const packs = TAKES_GZIP.test(request.headers.get('accept-encoding') ?? '')
  const etag = `${packs ? 'W/' : ''}${await fileTag(bytes)}`
  const all = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', ...headers, vary: 'accept-encoding', etag }
  if (isKnown(etag, request.headers.get('if-none-match'))) return new Response(null, { status: 304, headers: all })
  return packs ? new Response(await gzip(bytes), { headers: { ...all, 'content-encoding': 'gzip' } }) : new Response(bytes, { headers: all })
}

function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
}
