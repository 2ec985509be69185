import 'axe-core'
import type Axe from 'axe-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What only a whole page can have. */
const OF_PAGES = ['region', 'page-has-heading-one', 'landmark-one-main']

/** What depends on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** Throws what axe finds in an element, shadow roots included: WCAG 2.2 A and AA, contrast included, and good practice; or only what
 * depends on colours, where the rest has been looked at in others. */
export async function axe(element: Element, { coloursOnly = false } = {}): Promise<void> {
  const { run } = (window as unknown as { axe: typeof Axe }).axe
  const { violations, incomplete } = await run(element, {
    resultTypes: ['violations', 'incomplete'], elementRef: true,
    ...(coloursOnly ? { runOnly: { type: 'rule' as const, values: OF_COLOURS } } : { runOnly: RULES, rules: Object.fromEntries(OF_PAGES.map((rule) => [rule, { enabled: false }])) }),
  })
  // Where it cannot tell a contrast, nobody has looked; of text in drawings it never can.
  const unclear = incomplete.filter(({ id }) => id === 'color-contrast')
    .map((result) => ({ ...result, nodes: result.nodes.filter(({ element: node }) => node?.closest('svg') === null) }))
  const found = [...violations, ...unclear.filter(({ nodes }) => nodes.length > 0)]
  if (found.length > 0) throw new Error(found.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 5).map(lineOf).join('\n')}`).join('\n'))
}

function lineOf({ target, html, failureSummary = '' }: Axe.NodeResult): string {
  return `  ${target.flat().join(' ')}: ${html.slice(0, 200)}\n    ${failureSummary.replaceAll('\n', ' ')}`
}
