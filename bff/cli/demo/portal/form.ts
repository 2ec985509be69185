import { assertText, readText } from '../../../http/body.ts'
import { Problem } from '../../../http/problem.ts'

/** Bytes that a form may have. */
const FORM_LIMIT = 16_384
const FORM_MEDIA = /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i

/** Reads the fields of a form that a page of ours has sent; what is not filled in is empty. Throws `unsupported-media-type`,
 * `too-large`, `invalid-encoding`, and `invalid` for a field that the form does not have. */
export async function readForm<Name extends string>(request: Request, names: readonly Name[]): Promise<Record<Name, string>> {
  if (!FORM_MEDIA.test(request.headers.get('content-type') ?? '')) throw new Problem('unsupported-media-type')
  const fields = Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>
  const given = new Set<string>()
  for (const [name, value] of new URLSearchParams(await readText(request, FORM_LIMIT))) {
    if (!Object.hasOwn(fields, name) || given.has(name)) {
      throw new Problem('invalid', undefined, { errors: [{ pointer: `/${name.slice(0, 64)}`, detail: 'This field is not known here, or stands twice.' }] })
    }
    assertText(value)
    given.add(name)
    fields[name as Name] = value
  }
  return fields
}
