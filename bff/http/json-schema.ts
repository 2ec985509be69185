import { z } from 'zod'

type Json = Record<string, unknown>

/** A JSON Schema; those with an id are put aside and referred to. */
export function schema(type: z.ZodType, io: 'input' | 'output', schemas: Map<string, Json>): Json {
  const made = z.toJSONSchema(type, {
    io, unrepresentable: 'any', reused: 'inline',
    // A number in a query is checked as text, and documented as what it is.
    override: ({ jsonSchema }) => { if (jsonSchema.type === 'integer') delete jsonSchema.pattern },
  }) as Json
  const { $schema: _schema, $defs: definitions, id, ...own } = made
  for (const [name, definition] of Object.entries((definitions ?? {}) as Record<string, Json>)) schemas.set(name, referring(definition))
  if (typeof id !== 'string') return referring(own)
  schemas.set(id, referring(own))
  return { $ref: `#/components/schemas/${id}` }
}

/** The same schema with references into the document, and without ids. */
function referring(value: Json): Json {
  const walk = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).flatMap(([key, inner]) => {
      if (key === 'id' && typeof inner === 'string') return []
      return [[key, key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : walk(inner)]]
    }))
  }
  return walk(value) as Json
}
