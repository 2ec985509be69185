import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { gateRoutes, PROBLEMS, publicRoutes, routes, VERSION } from '../../../bff/index.ts'
import { openApi, problemsOf, publicProblemsOf } from '../../../bff/http/openapi.ts'
import { mediaOf } from '../conform.ts'
import { onEngine } from '../engines.ts'

interface Operation {
  operationId: string
  parameters: { name: string; in: string; required: boolean; schema: Record<string, unknown> }[]
  requestBody?: { required: boolean; content: Record<string, { schema: Record<string, unknown> }> }
  responses: Record<string, { description: string; content: Record<string, { schema: Record<string, unknown> }> }>
}
interface Document {
  openapi: string
  info: { version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Record<string, unknown>> }
}

const root = join(import.meta.dirname, '../../..')
const document = openApi(routes, publicRoutes, gateRoutes, VERSION) as unknown as Document

/** Lints a document with the strict form of the recommended rules; answers what was found. */
async function lint(what: unknown): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'license-openapi-'))
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(what))
  const own = join(root, 'redocly.yaml')
  const args = ['lint', file, '--format', 'stylish', ...(existsSync(own) ? ['--config', own] : ['--extends', 'recommended-strict'])]
  try {
    await promisify(execFile)(process.execPath, [join(root, 'node_modules/@redocly/cli/bin/cli.js'), ...args], {
      cwd: folder, env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    })
    return ''
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return stdout + stderr || String(error)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

suite('the OpenAPI document', () => {
  test('passes a public linter', async () => {
    assert.equal(await lint(document), '')
  })

  test('would not pass it with a fault', async () => {
    const { '/v1/me': me, ...others } = document.paths
    const broken = { ...document, paths: { ...others, '/v1/me': { get: { ...me?.['get'], operationId: 'getSummary' } } } }
    assert.match(await lint(broken), /operation-operationId-unique/)
  })

  test('holds every route and nothing else', () => {
    const written = Object.entries(document.paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method} ${path}`))
    assert.deepEqual(written.sort(), [...routes.map(({ method, path }) => `${method} ${path}`), ...publicRoutes.map(({ method = 'get', path }) => `${method} ${path}`),
      ...gateRoutes.flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`))].sort())
    assert.equal(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size, routes.length)
  })

  for (const route of routes) {
    const operation = document.paths[route.path]?.[route.method]
    test(`tells of ${route.method} ${route.path}: what it takes, what it answers, what it refuses`, () => {
      assert.ok(operation !== undefined)
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      assert.deepEqual(operation.parameters.filter((one) => one.in === 'path').map((one) => one.name), inPath)
      const query = Object.keys((route.query as { shape?: object } | undefined)?.shape ?? {})
      assert.deepEqual(operation.parameters.filter((one) => one.in === 'query').map((one) => one.name), query)
      assert.equal(operation.parameters.some((one) => one.name === 'Idempotency-Key'), 'change' in route && route.idempotent !== false)
      const media = route.rows ?? (route.body === undefined ? undefined : 'application/json')
      assert.deepEqual(Object.keys(operation.requestBody?.content ?? {}), media === undefined ? [] : [media])
      const refusals = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400).flatMap(([status, { content }]) => {
        const [, own] = (content['application/problem+json']?.schema as { allOf: { properties: { code: { enum: string[] } } }[] }).allOf
        return (own?.properties.code.enum ?? []).map((code) => `${status} ${code}`)
      })
      assert.deepEqual(refusals, problemsOf(route).map((code) => `${PROBLEMS[code][0]} ${code}`).sort((a, b) => Number(a.slice(0, 3)) - Number(b.slice(0, 3))))
      assert.ok(operation.responses[route.status ?? 200]?.content[mediaOf(route)] !== undefined)
    })
  }

  test('tells of what needs nobody to be signed in: its media type, and what it refuses', () => {
    const paths = publicRoutes.map(({ path }) => path)
    for (const path of ['/healthz', '/readyz', '/metrics', '/v1/openapi.json', '/docs', '/problems', '/problems/{code}', '/elements.js', '/elements.fr.js']) assert.ok(paths.includes(path), path)
    for (const route of publicRoutes) {
      const operation = document.paths[route.path]?.[route.method ?? 'get'] as Operation & { security: unknown }
      assert.deepEqual(operation.security, route.secured === undefined ? [] : [{ [route.secured]: [] }])
      assert.deepEqual(Object.keys(operation.responses[200]?.content ?? {}), [route.media])
      const statuses = publicProblemsOf(route).map((code) => String(PROBLEMS[code][0]))
      assert.deepEqual(Object.keys(operation.responses).filter((status) => Number(status) >= 400), [...new Set(statuses)].sort())
    }
    assert.ok(Object.hasOwn(document.paths['/readyz']?.['get']?.responses ?? {}, 503))
  })

  test('closes every object, so that a member too many is a fault', () => {
    const open: string[] = []
    const walk = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return
      const { type, properties, additionalProperties } = value as Record<string, unknown>
      if (type === 'object' && typeof properties === 'object' && additionalProperties !== false && !at.includes('/allOf/')) open.push(at)
      for (const [key, inner] of Object.entries(value)) walk(inner, `${at}/${key}`)
    }
    walk(document, '')
    assert.deepEqual(open, [])
  })

  test('refers to nothing that is not in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference)
    assert.ok(references.length > 50)
    for (const reference of references) {
      assert.ok(Object.hasOwn(document.components.schemas, reference.replace('#/components/schemas/', '')), reference)
    }
  })

  test('says numbers of queries as numbers', () => {
    const limit = document.paths['/v1/devices']?.['get']?.parameters.find((one) => one.name === 'limit')
    assert.deepEqual(limit, { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 200 } })
  })
})

onEngine('wasm', 'the BFF', (world) => {
  test('serves that document to everybody', async () => {
    const response = await world().bff(new Request('http://bff.test/v1/openapi.json'))
    assert.equal(response.headers.get('content-type'), 'application/json')
    assert.deepEqual(await response.json(), JSON.parse(JSON.stringify(document)))
    assert.equal(document.openapi.slice(0, 4), '3.1.')
  })
})
