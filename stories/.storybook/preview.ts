import { type Loader, type Preview, type StoryContext, setCustomElementsManifest } from '@storybook/web-components-vite'
import { mswLoader } from 'msw-storybook-addon/csf3'
import '../../components/index.ts'
import '../../components/languages/es.ts'
import '../../components/languages/fr.ts'
import '../../components/languages/it.ts'
import manifest from '../../custom-elements.json' with { type: 'json' }
import { framed } from '../frame.ts'
import { registerPseudo } from '../pseudo.ts'
import { startWorker } from '../worker.ts'
import type { World, WorldSpec } from '../world.ts'
import { baseUrlOf, dropWorld, worldOf } from '../worlds.ts'
import { inheritedGlobals } from './nested.ts'
import { applyToolbar, frameOf, globalTypes, initialGlobals } from './toolbar.ts'

setCustomElementsManifest(manifest)
registerPseudo()
const inherited = inheritedGlobals()

/** Worlds whose story was begun, and those whose story was drawn. */
const begun = new WeakSet<World>()
const drawn = new WeakSet<World>()

/** By where a story is drawn, the key of its world. */
const keys = new Map<HTMLElement, string>()
let count = 0

/** The key of a story's world: one for each place where it is drawn, as a page of documents draws stories anew before the former ones are
 * gone, and the first of them twice. Worlds whose place is gone are dropped. */
function keyOf({ id, canvasElement }: Pick<StoryContext, 'id' | 'canvasElement'>): string {
  const known = keys.get(canvasElement)
  if (known?.startsWith(`${id}~`) === true) return known
  for (const [place, key] of keys) {
    if (place.isConnected) continue
    keys.delete(place)
    void dropWorld(key)
  }
  const key = `${id}~${count += 1}`
  keys.set(canvasElement, key)
  return key
}

/** Gives every story its world; one that was begun does as the toolbar says before the story's own loaders ask it. A page of documents
 * begins all its stories anew when the toolbar changes, and reloads itself where one is not done with drawing by then. */
const worldLoader: Loader = async (context) => {
  const world = await worldOf(keyOf(context), (context.parameters['world'] ?? {}) as WorldSpec)
  Object.assign(context, { world })
  if (begun.has(world) && context.viewMode !== 'docs') await applyToolbar(world, context)
  return {}
}

/** A story begins as it says itself, with its own loaders, and then does as the toolbar says. */
const begin: NonNullable<Preview['beforeEach']> = async (context) => {
  const { world } = context as unknown as { world: World }
  if (begun.has(world)) return undefined
  begun.add(world)
  await applyToolbar(world, context)
  const key = keyOf(context)
  return () => dropWorld(key)
}

/** Draws the story and waits at first until it has settled, so that `play` begins where a test would; not where answers never come. */
const settledMount: NonNullable<Preview['mount']> = (context) => async () => {
  await context.renderToCanvas()
  const { world } = context as unknown as { world: World }
  if (!drawn.has(world) && world.network !== 'loading') await context.canvasElement.querySelector('license-provider')?.settled()
  drawn.add(world)
  return context.canvas
}

const preview: Preview = {
  tags: ['autodocs'],
  loaders: [mswLoader(startWorker), worldLoader],
  beforeEach: begin,
  mount: settledMount,
  decorators: [(story, context) => {
    const { parameters, globals } = context
    const frame = frameOf(globals)
    document.documentElement.lang = frame.locale
    return framed(story(), { baseUrl: parameters['provider'] === false ? null : baseUrlOf(keyOf(context)), ...frame })
  }],
  // The manifest tells of more than a story's function takes; a control for that would do nothing.
  argTypesEnhancers: [({ argTypes, initialArgs }) => Object.fromEntries(Object.entries(argTypes).map(([name, argType]) =>
    [name, name in initialArgs ? argType : { ...argType, control: false }]))],
  parameters: {
    layout: 'fullscreen',
    backgrounds: { disable: true },
    controls: { expanded: true },
    docs: { source: { excludeDecorators: true } },
    // What a story acts may be impossible where the toolbar has cut the network or taken the role.
    throwPlayFunctionExceptions: false,
    options: { storySort: { order: ['Documents', ['Five-minute start', 'Frameworks', 'Authentication', 'Devices and licenses', 'Theming', 'Design tokens', 'Events', 'Gating', 'Server-side gates', 'Content security policy', 'Migration', 'Operating the BFF', 'Problems'], 'Pages', 'In your page', 'License provider', 'License badge', 'License tab', 'License gate', 'License features', 'Voucher modal', 'Contact sales modal', 'License alerts', 'Grace banner', 'Trial offer', 'Welcome wizard', 'License notifications', 'License support button'] } },
    viewport: { options: { narrow: { name: '320 px', styles: { width: '320px', height: '640px' } }, wide: { name: '1280 px', styles: { width: '1280px', height: '800px' } } } },
  },
  initialGlobals: Object.fromEntries(Object.entries(initialGlobals).map(([name, value]) => [name, inherited[name] ?? value])),
  globalTypes,
}

export default preview
