import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { demoOfSuite } from './demos.ts'

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; "
  + "trusted-types lit-html; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
const PAGES = ['/', '/?status=expired', '/devices/hp-north', '/devices/nobody', '/devices/%F0%9F%92%A7']
const TYPES = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' } as const

suite('the portal’s document and its files', () => {
  const asked = demoOfSuite()

  for (const path of PAGES) {
    test(`${path} is the one document, under the strict policy`, async () => {
      const { status, headers, text } = await asked.page(path)
      assert.deepEqual([status, headers.get('content-type'), headers.get('content-security-policy')], [200, 'text/html; charset=utf-8', POLICY])
      assert.deepEqual([headers.get('x-content-type-options'), headers.get('cache-control'), headers.get('referrer-policy')], ['nosniff', 'no-cache', 'same-origin'])
      assert.equal(text, (await asked.page('/')).text)
    })
  }

  test('the document has what every page needs, and nothing that the policy refuses', async () => {
    const { text } = await asked.page('/')
    for (const part of ['<!doctype html>', '<html lang="en">', 'name="viewport"', 'name="description"', 'rel="icon"', '<license-provider>', '<main id="main"']) {
      assert.ok(text.includes(part), part)
    }
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc="\/)|<script[^>]*>[^<]|<style|<iframe|<form|javascript:|\s(?:style|on\w+)=/i)
    for (const [, address = ''] of text.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(address, /^[/#](?!\/)/)
  })

  test('every file that it names is there, named by its type, and sent again only when it has changed', async () => {
    const { text } = await asked.page('/')
    const files = new Set([...text.matchAll(/(?:src|href)="(\/[^"]*\.(\w+))"/g)].map(([, path = '', end = '']) => JSON.stringify([path, end])))
    assert.ok(files.size >= 5)
    for (const file of files) {
      const [path, end] = JSON.parse(file) as [string, keyof typeof TYPES]
      const { status, headers } = await asked.ask(path)
      assert.deepEqual([path, status, headers.get('content-type')], [path, 200, `${TYPES[end]}; charset=utf-8`])
      assert.deepEqual([headers.get('x-content-type-options'), headers.get('cache-control')], ['nosniff', 'no-cache'])
      const again = await asked.ask(path, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
      assert.deepEqual([again.status, again.text], [304, ''])
    }
  })

  test('the style sheet loads nothing', async () => {
    assert.doesNotMatch((await asked.ask('/portal/portal.css')).text, /url\(|@import|gradient/)
  })

  for (const path of [
    '/nothing', '/devices', '/devices/', '/devices/a/b', '/portal/', '/portal/index.html', '/portal/..%2felements.js', '/problems/nothing', '/index.html',
  ]) {
    test(`${path} is the document with 404 for a person, and a problem for a program`, async () => {
      const { status, headers, text } = await asked.page(path)
      assert.deepEqual([status, headers.get('content-type'), headers.get('content-security-policy')], [404, 'text/html; charset=utf-8', POLICY])
      assert.deepEqual([text, headers.get('cache-control')], [(await asked.page('/')).text, 'no-store'])
      const problem = await asked.ask(path)
      assert.deepEqual([problem.status, problem.headers.get('content-type')], [404, 'application/problem+json'])
    })
  }

  test('the BFF’s own pages stay its own', async () => {
    for (const path of ['/docs', '/problems', '/problems/invalid']) {
      const { status, headers } = await asked.page(path)
      assert.equal(status, 200)
      assert.doesNotMatch(headers.get('content-security-policy') ?? '', /script-src/)
    }
  })

  test('HEAD answers without a body', async () => {
    for (const path of ['/', '/devices/hp-north', '/portal/portal.css']) {
      const { status, text, headers } = await asked.ask(path, { method: 'HEAD' })
      assert.deepEqual([status, text], [200, ''])
      assert.equal(headers.get('etag'), (await asked.ask(path)).headers.get('etag'))
    }
  })
})
