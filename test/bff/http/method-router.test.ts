import assert from 'node:assert/strict'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { test } from 'node:test'
import { publicRoutes, routes } from '../../../bff/index.ts'
import { honoPath } from '../../../bff/http/mount.ts'
import { MethodRouter } from '../../../bff/http/method-router.ts'

function answers(router: MethodRouter<string>, method: string, path: string): string[] {
  return router.match(method, path)[0].map(([handler]) => handler)
}

test('a fixed name beside a parameter is found, by its own method, after what stands before every route', () => {
  const router = new MethodRouter<string>()
  router.add('GET', '/things/:id/read', 'get-one')
  router.add('ALL', '*', 'every')
  router.add('POST', '/things/read', 'post-all')
  router.add('POST', '/things/:id/read', 'post-one')
  router.add('ALL', '/things/:id/open/*', 'open')
  assert.deepEqual(answers(router, 'GET', '/things/7/read'), ['get-one', 'every'])
  assert.deepEqual(answers(router, 'GET', '/things/read'), ['every'])
  assert.deepEqual(answers(router, 'POST', '/things/read'), ['every', 'post-all'])
  assert.deepEqual(answers(router, 'POST', '/things/7/read'), ['every', 'post-one'])
  assert.deepEqual(answers(router, 'TRACE', '/things/7/open/a/b'), ['every', 'open'])
  assert.deepEqual(answers(router, 'DELETE', '/things/7/open/a/b'), ['every', 'open'])
})

test('no route that reads is one that the fast router does not take', () => {
  const router = new RegExpRouter<string>()
  router.add('ALL', '*', 'every')
  router.add('ALL', '/v1/devices/:id/proxy/*', 'proxy')
  for (const { method = 'get', path } of [...routes, ...publicRoutes]) if (method === 'get') router.add('GET', honoPath(path), path)
  assert.deepEqual(router.match('GET', '/v1/devices/7/license')[0].map(([handler]) => handler), ['every', '/v1/devices/{id}/license'])
})
