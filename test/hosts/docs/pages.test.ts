/** The documents for host teams (stories/docs): what their snippets name is there. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { checkRecords } from '../../../bff/legacy/source.ts'
import { policyOf } from '../../../bff/policy.ts'
import { eventRows, partRows, problemRows } from '../../../stories/docs/tables.ts'
import { REASONS, tokenRows } from '../../../stories/docs/tokens.ts'
import { markupFaults, scriptFaults, styleFaults } from './names.ts'
import { type Block, blocks, blocksOf, onlyBlock, ORDER, pages, placeOf, SCRIPTS } from './pages.ts'

/** Languages that have tags of ours in them. */
const MARKUP = /^(html|jsx|ts|vue|svelte)$/
/** By language and use: what one of the tests checks. */
const CHECKED = /^(sh|html|html page|js|js portal|js server|jsx|ts|vue|svelte|css|json|json legacy|nginx|http)$/

const faultsOf = (list: readonly Block[], faults: (text: string) => string[]): string[] => list.flatMap((block) => faults(block.text).map((fault) => `${placeOf(block)}: ${fault}`))

suite('the documents for host teams', () => {
  test('are these pages, each of which begins with what it is, within 130 lines', () => {
    assert.deepEqual(pages.map(({ name }) => name), [...ORDER])
    for (const { name, title, text } of pages) {
      assert.match(title, /^Documents\/[A-Z]/, name)
      assert.match(text, /\n# .+\n\n[^#<\n]+/, name)
      assert.ok(text.split('\n').length <= 130, `${name} has ${text.split('\n').length} lines`)
    }
  })

  test('have no snippet that nothing checks', () => {
    assert.deepEqual(blocks.filter(({ language, use }) => !CHECKED.test(`${language} ${use}`.trim())).map(placeOf), [])
    assert.equal(blocks.length, pages.reduce((sum, { text }) => sum + text.split('\n```').length - 1, 0) / 2)
    assert.ok(blocks.length > 40)
  })

  test('link to pages that there are', () => {
    const ids = pages.map(({ title }) => `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}--docs`)
    assert.deepEqual(pages.flatMap(({ name, text }) => [...text.matchAll(/\]\(([^)]+)\)/g)].filter(([, to = '']) => !ids.includes(to.replace('?path=/docs/', ''))).map(([, to]) => `${name}: ${to}`)), [])
  })

  test('list every problem with its remedy, every event and every part, as they are', () => {
    assert.ok(problemRows().some(({ code, status, remedy }) => code === 'voucher-used' && status === 409 && remedy !== ''))
    assert.ok(eventRows().some(({ name, meaning, tags }) => name === 'license-renew-request' && meaning !== '' && tags.includes('license-tab')))
    assert.ok(partRows().some(({ tag, parts }) => tag === 'license-badge' && parts.includes('pill')))
  })

  test('have a reason for every token, and no other', () => {
    assert.deepEqual(tokenRows().map(({ name }) => name).sort(), Object.keys(REASONS).sort())
    assert.deepEqual(tokenRows().filter(({ why }) => !/^[A-Z].+\.$/.test(why)), [])
  })

  test('name only elements, attributes, events, slots, tokens, parts and texts that there are', () => {
    assert.deepEqual([...faultsOf(blocksOf(MARKUP), markupFaults), ...faultsOf(blocksOf('css'), styleFaults), ...faultsOf(blocksOf(SCRIPTS), scriptFaults)], [])
  })

  test('have policies, and records of an old platform, that are right', () => {
    for (const { text } of blocksOf('json', '')) policyOf(JSON.parse(text))
    assert.equal(checkRecords(JSON.parse(onlyBlock('json', 'legacy'))).length, 1)
  })
})
