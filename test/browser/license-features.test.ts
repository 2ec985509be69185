import type { LicenseFeatures } from '../../components/index.ts'
import * as stories from '../../stories/license-features.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { accessibilityTree, click, surround } from './person.ts'
import { type Overrides, renderStory, type Stage } from './stage.ts'
import { find, findAll, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>

function show(name: Name, overrides?: Overrides): Promise<Stage<LicenseFeatures>> {
  return renderStory<LicenseFeatures>(stories, name, overrides)
}

/** Every row, cell by cell. */
function rows(element: LicenseFeatures): string[] {
  return findAll(element, 'tr').map((row) => findAll(row, 'th, td').map(textOf).join(' | '))
}

function marked(element: LicenseFeatures): string[] {
  return findAll(element, '[aria-current]').map(textOf)
}

describe('<license-features>', () => {
  it('says of each feature in which status it is open', async () => {
    const { element } = await show('HostFeatures')
    const all = rows(element)
    equal(all.length, 11)
    equal([all[0], all[1], all[2], all[9], all[10]], [
      'Feature | Active | Expiring | Grace period now | Expired | No license',
      'Listing | open | open | open | open | open',
      'Dashboard | open | open | open | closed | closed',
      'energy-report | open | open | closed | closed | closed',
      'Instruction manual | open | open | open | open | open',
    ])
  })

  it('says the same in German', async () => {
    const all = rows((await show('Policy', { locale: 'de' })).element)
    equal([all[0], all[2]], ['Funktion | Aktiv | Läuft ab | Übergangsfrist | Abgelaufen | Keine Lizenz', 'Dashboard | frei | frei | frei | gesperrt | gesperrt'])
  })

  it('is a table with headings of rows and columns, and a name', async () => {
    const { element } = await show('Expiring')
    equal(findAll<HTMLTableCellElement>(element, 'thead th').map(({ scope }) => scope), ['col', 'col', 'col', 'col', 'col', 'col'])
    ok(findAll<HTMLTableCellElement>(element, 'tbody th').every(({ scope }) => scope === 'row'))
    const tree = await accessibilityTree()
    includes(tree, /What a license opens, by its status/)
  })

  it('never tells by colour alone', async () => {
    const { element } = await show('Policy')
    const shapes = new Map(findAll(element, 'td').map((cell) => [textOf(cell), find<SVGElement>(cell, 'path').getAttribute('d')]))
    equal([shapes.size, new Set(shapes.values()).size], [2, 2])
  })

  const PRESENT: readonly [Name, ...string[]][] = [
    ['Policy'], ['Active', 'Active now'], ['Expiring', 'Expiring now'], ['Grace', 'Grace period now'], ['Expired', 'Expired now'], ['None', 'No license now'], ['UnknownDevice'],
  ]
  for (const [name, ...words] of PRESENT) {
    it(`${name} marks ${words.length === 0 ? 'nothing' : words.join()}`, async () => {
      const { element } = await show(name)
      equal([marked(element), findAll(element, 'td.now').length], [words, words.length * 8])
    })
  }

  it('moves the mark when the licence changes', async () => {
    const { element, world, provider, settled } = await show('Expiring')
    world.clock.addDays(13)
    await provider?.refresh()
    await settled()
    equal(marked(element), ['Expired now'])
  })

  it('says that nobody can be reached, and tries again', async () => {
    const { element, world, settled } = await show('Unreachable')
    includes(textOf(element), 'Connection lost. Check the network and try again.')
    world.network = 'ok'
    await click(find(element, 'button'))
    await settled()
    equal(rows(element).length, 9)
    equal(findAll(element, 'button').length, 0)
  })

  it('shows what was known, and when', async () => {
    const { element } = await show('Stale')
    equal([rows(element).length, marked(element)], [9, ['Expiring now']])
    includes(textOf(element), 'Connection lost. This is what was known at 10:30.')
  })

  it('shows nothing without a provider', async () => {
    equal(textOf((await show('WithoutProvider')).element), '')
  })

  it('fits 320 px, with every word', async () => {
    await surround({ width: 320, height: 640 })
    for (const name of ['HostFeatures', 'LongNames', 'RightToLeft'] as const) {
      for (const locale of ['en', 'de']) {
        const { element } = await show(name, { locale })
        const { left, right } = find(element, 'table').getBoundingClientRect()
        ok(left >= 0 && right <= 320 && document.documentElement.scrollWidth <= 320, `${name} ${locale}`)
        for (const cell of findAll(element, 'thead th:has(span)')) {
          const [outer, inner] = [cell.getBoundingClientRect(), find(cell, 'span').getBoundingClientRect()]
          ok(inner.top >= outer.top && inner.bottom <= outer.bottom && inner.left >= outer.left && inner.right <= outer.right, `${name} ${locale}: ${textOf(cell)} is cut off`)
        }
      }
    }
    await surround()
  })
})
