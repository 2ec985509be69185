import { type Loader, type Preview, setCustomElementsManifest } from '@storybook/web-components-vite'
import { mswLoader } from 'msw-storybook-addon/csf3'
import '../../components/index.ts'
import manifest from '../../custom-elements.json' with { type: 'json' }
import { framed } from '../frame.ts'
import { startWorker } from '../worker.ts'
import type { World, WorldSpec } from '../world.ts'
import { baseUrlOf, dropWorld, worldOf } from '../worlds.ts'
import { CLOCK_ITEMS, setClock } from './clock.ts'

setCustomElementsManifest(manifest)

/** Gives every story its world, and sets the world's clock as the toolbar says. */
const worldLoader: Loader = async (context) => {
  const spec = (context.parameters['world'] ?? {}) as WorldSpec
  const world = await worldOf(context.id, spec)
  Object.assign(context, { world })
  const moved = await setClock(world, spec, String(context.globals['clock']), context.args['deviceId'])
  if (moved) void context.canvasElement.querySelector('license-provider')?.refresh()
  return {}
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
  beforeEach: ({ id }) => () => dropWorld(id),
  mount: settledMount,
  decorators: [(story, { id, parameters, globals }) => {
    const locale = String(globals['locale'])
    document.documentElement.lang = locale
    return framed(story(), {
      baseUrl: parameters['provider'] === false ? null : baseUrlOf(id), locale, theme: globals['theme'] === 'dark' ? 'dark' : 'light',
    })
  }],
  // The manifest tells of more than a story's function takes; a control for that would do nothing.
  argTypesEnhancers: [({ argTypes, initialArgs }) => Object.fromEntries(Object.entries(argTypes).map(([name, argType]) =>
    [name, name in initialArgs ? argType : { ...argType, control: false }]))],
  parameters: {
    layout: 'fullscreen',
    backgrounds: { disable: true },
    controls: { expanded: true },
    docs: { source: { excludeDecorators: true } },
    options: { storySort: { order: ['License provider', 'License badge', 'License tab', 'License gate', 'License features', 'Voucher modal', 'Contact sales modal', 'License alerts', 'Grace banner', 'Trial offer', 'Welcome wizard', 'License support button'] } },
    viewport: { options: { narrow: { name: '320 px', styles: { width: '320px', height: '640px' } }, wide: { name: '1280 px', styles: { width: '1280px', height: '800px' } } } },
  },
  initialGlobals: { locale: 'en', theme: 'light', clock: 'today' },
  globalTypes: {
    locale: { toolbar: { title: 'Language', icon: 'globe', dynamicTitle: true, items: [{ value: 'en', title: 'English' }, { value: 'de', title: 'Deutsch' }] } },
    theme: { toolbar: { title: 'Theme', icon: 'contrast', dynamicTitle: true, items: [{ value: 'light', title: 'Light' }, { value: 'dark', title: 'Dark' }] } },
    clock: { toolbar: { title: 'Clock', icon: 'time', dynamicTitle: true, items: CLOCK_ITEMS } },
  },
}

export default preview
