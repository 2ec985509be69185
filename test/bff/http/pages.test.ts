import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PROBLEMS, publicRoutes, routes } from '../../../bff/index.ts'
import { onEngine } from '../engines.ts'

const PAGES = ['/docs', '/problems', ...Object.keys(PROBLEMS).map((code) => `/problems/${code}`)]

onEngine('wasm', 'pages for people', (world) => {
  const get = async (path: string, method = 'GET'): Promise<{ status: number; headers: Headers; text: string }> => {
    const response = await world().bff(new Request(`http://bff.test${path}`, { method }))
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  for (const path of PAGES) {
    test(`${path} is plain HTML, without script, under a strict policy`, async () => {
      const { status, headers, text } = await get(path)
      assert.equal(status, 200)
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
      assert.match(text, /^<!doctype html>\n<html lang="en"><head><meta charset="utf-8">.*<title>[^<]+<\/title>/)
      assert.doesNotMatch(text, /<script|<style|\sstyle=|\son\w+=|javascript:|<iframe|<form|http-equiv/i)
      assert.equal((text.match(/<h1>/g) ?? []).length, 1)
      const policy = new Map((headers.get('content-security-policy') ?? '').split(';').map((one) => one.trim().split(/\s+(.*)/) as [string, string]))
      assert.deepEqual(policy.get('default-src'), `'none'`)
      assert.deepEqual([...policy.keys()].filter((name) => name.startsWith('script') || name.startsWith('connect')), [])
      assert.equal(policy.get('style-src'), `'self'`)
      assert.equal(policy.get('frame-ancestors'), `'none'`)
      assert.equal(policy.get('base-uri'), `'none'`)
      assert.equal(policy.get('require-trusted-types-for'), `'script'`)
      assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe|\*|data:|https?:/)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
    })
  }

  test('link to pages that are there, and only to those', async () => {
    const links = new Set<string>()
    for (const path of PAGES) {
      const { text } = await get(path)
      for (const [, link = ''] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
        if (link.startsWith('#')) assert.ok(text.includes(`id="${link.slice(1)}"`), link)
        else links.add(link)
      }
    }
    assert.ok(links.has('/docs.css') && links.has('/v1/openapi.json') && links.has('/problems/invalid'))
    for (const link of links) {
      assert.match(link, /^\/[a-z]/, link)
      assert.equal((await get(link)).status, 200, link)
    }
  })

  test('tell of every problem: its code, title, status and remedy', async () => {
    const all = (await get('/problems')).text
    for (const [code, [status, title, remedy]] of Object.entries(PROBLEMS)) {
      const page = (await get(`/problems/${code}`)).text
      const escaped = remedy.replaceAll('"', '&quot;').replaceAll("'", '&#39;')
      for (const part of [code, String(status), `<h1>${title}</h1>`, escaped]) assert.ok(page.includes(part), `${code}: ${part}`)
      assert.ok(all.includes(`href="/problems/${code}"`) && all.includes(escaped), code)
    }
  })

  test('tell of every route, its role and its problems', async () => {
    const { text } = await get('/docs')
    for (const { method, path, summary, role } of routes) {
      const [, entry = ''] = text.split(`<h3><code>${method.toUpperCase()} ${path}</code></h3>`)
      assert.ok(entry.startsWith(`<p>${summary.replaceAll("'", '&#39;')}</p>`), `${method} ${path}`)
      assert.match(entry, new RegExp(`^.*<dl>\\s*<dt>Role</dt><dd>${role}</dd>`), `${method} ${path}`)
    }
  })

  test('tell of what needs nobody to be signed in', async () => {
    const { text } = await get('/docs')
    for (const { method = 'get', path, summary } of publicRoutes) assert.ok(text.includes(`<h3><code>${method.toUpperCase()} ${path}</code></h3><p>${summary}</p>`), path)
  })

  test('have a style sheet without anything from elsewhere', async () => {
    const { headers, text } = await get('/docs.css')
    assert.equal(headers.get('content-type'), 'text/css; charset=utf-8')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.doesNotMatch(text, /url\(|@import|expression/i)
  })

  test('answer HEAD without a body', async () => {
    for (const path of ['/docs', '/problems/invalid', '/healthz', '/v1/openapi.json']) {
      const [head, whole] = [await get(path, 'HEAD'), await get(path)]
      assert.deepEqual([head.status, head.text, head.headers.get('content-type')], [200, '', whole.headers.get('content-type')])
    }
  })

  test('of problems that do not exist are a problem', async () => {
    for (const code of ['nothing', 'constructor', '__proto__', 'toString', 'INVALID']) {
      const { status, headers } = await get(`/problems/${code}`)
      assert.deepEqual([status, headers.get('content-type')], [404, 'application/problem+json'], code)
    }
  })
})
