import { type Loader, type Preview, setCustomElementsManifest } from '@storybook/web-components-vite'
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
import { shareToolbar } from './nested.ts'
import { applyToolbar, frameOf, globalTypes, initialGlobals } from './toolbar.ts'

setCustomElementsManifest(manifest)
shareToolbar()
registerPseudo()

/** Worlds whose story has been drawn. */
const begun = new WeakSet<World>()

/** Gives every story its world; one that has been drawn does as the toolbar says before the story's own loaders ask it. */
const worldLoader: Loader = async (context) => {
  const world = await worldOf(context.id, (context.parameters['world'] ?? {}) as WorldSpec)
  Object.assign(context, { world })
  if (begun.has(world)) await applyToolbar(world, context)
  return {}
}

/** A story begins as it says itself, with its own loaders, and then does as the toolbar says. */
const begin: NonNullable<Preview['beforeEach']> = async (context) => {
  const { world } = context as unknown as { world: World }
  begun.add(world)
  await applyToolbar(world, context)
  return () => dropWorld(context.id)
}

/** Draws the story and waits until it has settled, so that `play` begins where a test would; not where answers never come. */
const settledMount: NonNullable<Preview['mount']> = (context) => async () => {
  await context.renderToCanvas()
  const { world } = context as unknown as { world: World }
  if (world.network !== 'loading') await context.canvasElement.querySelector('license-provider')?.settled()
  return context.canvas
}

const preview: Preview = {
  tags: ['autodocs'],
  loaders: [mswLoader(startWorker), worldLoader],
  beforeEach: begin,
  mount: settledMount,
  decorators: [(story, { id, parameters, globals }) => {
    const frame = frameOf(globals)
    document.documentElement.lang = frame.locale
    return framed(story(), { baseUrl: parameters['provider'] === false ? null : baseUrlOf(id), ...frame })
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
    options: { storySort: { order: ['Documents', ['Five-minute start', 'Frameworks', 'Authentication', 'Devices and licenses', 'Theming', 'Events', 'Gating', 'Server-side gates', 'Content security policy', 'Migration', 'Operating the BFF', 'Problems'], 'Pages', 'In your page', 'License provider', 'License badge', 'License tab', 'License gate', 'License features', 'Voucher modal', 'Contact sales modal', 'License alerts', 'Grace banner', 'Trial offer', 'Welcome wizard', 'License notifications', 'License support button'] } },
    viewport: { options: { narrow: { name: '320 px', styles: { width: '320px', height: '640px' } }, wide: { name: '1280 px', styles: { width: '1280px', height: '800px' } } } },
  },
  initialGlobals,
  globalTypes,
}

export default preview
