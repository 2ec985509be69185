import type { Context, MiddlewareHandler } from 'hono'
import { parseStrictJson, readText } from './body.ts'
import { Problem } from './problem.ts'
import type { Route, RowsMedia } from './route.ts'

/** Bytes of a JSON body, where a route says nothing else. */
export const BODY_LIMIT = 16_384

const JSON_MEDIA = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i
const ROWS_MEDIA: Record<RowsMedia, RegExp> = { 'text/csv': /^text\/csv\s*(;.*)?$/i, 'application/x-ndjson': /^application\/(x-)?ndjson\s*(;.*)?$/i }

interface Checked {
  success: boolean
  error?: { issues: readonly { path: readonly PropertyKey[]; message: string; code?: string | undefined; keys?: string[] }[] }
}

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Throws `invalid` with what a schema found, by RFC 6901 pointers. */
export function refuse(result: Checked): void {
  if (result.success) return
  const errors = result.error?.issues.slice(0, 50).flatMap((issue) => issue.code === 'unrecognized_keys' && issue.keys !== undefined
    ? issue.keys.slice(0, 50).map((key) => ({ pointer: pointerOf([...issue.path, key.slice(0, 64)]), detail: 'This member is not known here.' }))
    : [{ pointer: pointerOf(issue.path), detail: issue.message }])
  throw new Problem('invalid', undefined, { errors: errors ?? [] })
}

/** Refuses every parameter, for routes that take none; or those without a name, which a schema is not shown. */
export function refuseQuery(which: 'any' | 'nameless'): MiddlewareHandler {
  return (c, next) => {
    if (c.req.url.includes('?')) {
      const names = [...new URL(c.req.url).searchParams.keys()].filter((name) => which === 'any' || name === '')
      if (names.length > 0) {
        throw new Problem('invalid', undefined, {
          errors: names.slice(0, 50).map((name) => ({ pointer: pointerOf([name.slice(0, 64)]), detail: 'This parameter is not known here.' })),
        })
      }
    }
    return next()
  }
}

/** Whether a body is compressed: none is unpacked here (RFC 9110 §15.5.16). */
function isEncoded(c: Context): boolean {
  return !/^(identity)?$/i.test(c.req.header('content-encoding') ?? '')
}

/** Media type, size, bytes and JSON of a body, before its schema. */
export function readBody({ body, bodyOptional, limit = BODY_LIMIT }: Route): MiddlewareHandler {
  return async (c, next) => {
    const type = c.req.header('content-type')
    if (isEncoded(c) || (type !== undefined && !JSON_MEDIA.test(type))) throw new Problem('unsupported-media-type')
    const text = await readText(c.req.raw, limit)
    if (text !== '' && type === undefined) throw new Problem('unsupported-media-type')
    if (text !== '' || (body !== undefined && bodyOptional !== true)) {
      const value = parseStrictJson(text)
      if (body === undefined && JSON.stringify(value) !== '{}') throw new Problem('invalid', 'This route takes no body.', { errors: [{ pointer: '', detail: 'No member is known here.' }] })
    }
    c.set('text', text)
    c.req.bodyCache.text = Promise.resolve(text) as never
    await next()
  }
}

/** Media type, size and bytes of a body of rows; the handler reads the rows. */
export function readRows(media: RowsMedia, limit: number): MiddlewareHandler {
  return async (c, next) => {
    const type = c.req.header('content-type') ?? ''
    if (isEncoded(c) || !ROWS_MEDIA[media].test(type) || /charset=(?!"?utf-?8"?)/i.test(type)) throw new Problem('unsupported-media-type', `Send ${media} in UTF-8.`)
    c.set('text', await readText(c.req.raw, limit))
    await next()
  }
}
