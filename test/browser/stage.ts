import { render } from 'lit'
import '../../components/index.ts'
import type { LicenseProvider } from '../../components/index.ts'
import { type Frame, framed } from '../../stories/frame.ts'
import { drawn, type Parameters, type StoryContext, type StoryModule, storyOf } from '../../stories/story.ts'
import { startWorker } from '../../stories/worker.ts'
import type { World, WorldSpec } from '../../stories/world.ts'
import { baseUrlOf, dropWorld, worldOf } from '../../stories/worlds.ts'
import { elementsIn } from './tree.ts'

/** What a test has in place of what the story says. */
export interface Overrides extends Partial<Pick<Frame, 'locale' | 'theme'>> {
  args?: object
  world?: WorldSpec
}

/** A story on the page. */
export interface Stage<E extends HTMLElement> {
  /** The first of the story's component, or else the story's first element. */
  element: E
  /** null where the story has none. */
  provider: LicenseProvider | null
  world: World
  /** What the story was drawn into. */
  canvas: HTMLElement
  /** Resolves when nothing is under way: no request, no update, no animation that ends. */
  settled: () => Promise<void>
  /** Puts the story, as it stands, into another language, theme or direction. */
  redraw: (frame: Partial<Pick<Frame, 'locale' | 'theme' | 'direction'>>) => Promise<void>
}

/** Pages of one browser that have the same BFF share its stream of changes; each of these has its own. */
const PAGE = crypto.randomUUID().slice(0, 8)

let worker: Promise<unknown> | null = null
let count = 0
let clear = async (): Promise<void> => {}

/** Draws a story as Storybook does, on a world of its own, and waits until it has settled; what stood there before goes. */
export async function renderStory<E extends HTMLElement = HTMLElement>(
  module: StoryModule, name: string, { args, world: worldOverrides, locale = 'en', theme = 'light' }: Overrides = {},
): Promise<Stage<E>> {
  await (worker ??= startWorker())
  await clear()
  const story = storyOf(module, name, { args, parameters: { world: worldOverrides ?? {} } as Parameters })
  const id = `test-${PAGE}-${count += 1}`
  const world = await worldOf(id, story.parameters.world ?? {})
  const canvas = document.createElement('div')
  const context: StoryContext = { world, loaded: {}, canvasElement: canvas }
  clear = async () => {
    canvas.remove()
    await dropWorld(id)
  }
  for (const load of story.loaders) Object.assign(context.loaded, await load(context))
  document.body.append(canvas)
  const baseUrl = story.parameters.provider === false ? null : baseUrlOf(id)
  const settled = (): Promise<void> => settle(canvas, world)
  const redraw: Stage<E>['redraw'] = async (frame) => {
    const whole = { baseUrl, locale, theme, ...frame }
    document.documentElement.lang = whole.locale
    render(framed(drawn(story, context), whole), canvas)
    await settled()
  }
  await redraw({})
  const provider = canvas.querySelector('license-provider')
  await story.play?.(context)
  await settled()
  const element = (story.component === undefined ? null : canvas.querySelector<E>(story.component)) ?? (provider ?? canvas).querySelector<E>('*')
  if (element === null) throw new Error(`${name} draws nothing`)
  return { element, provider, world, canvas, settled, redraw }
}

/** Waits until requests, updates and animations have ended; requests of a world that never answers are not waited for. */
async function settle(canvas: HTMLElement, world: World): Promise<void> {
  for (let busy = true; busy;) {
    if (world.network !== 'loading') for (const provider of canvas.querySelectorAll('license-provider')) await provider.settled()
    busy = await updated(canvas)
  }
  await Promise.all([...elementsIn(canvas)].flatMap((element) => animationsOf(element)).map(({ finished }) => finished.catch(() => {})))
}

/** Waits for the elements that are to be drawn anew; answers whether there were any. */
async function updated(canvas: HTMLElement): Promise<boolean> {
  const pending = [...elementsIn(canvas)].filter((element) => (element as { isUpdatePending?: boolean }).isUpdatePending === true)
  await Promise.all(pending.map((element) => (element as unknown as { updateComplete: Promise<boolean> }).updateComplete))
  return pending.length > 0
}

function animationsOf(element: Element): Animation[] {
  const all = [...element.getAnimations(), ...element.shadowRoot?.getAnimations() ?? []]
  return all.filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)))
}

/** Waits frame by frame until something holds; what never does ends with the test's own limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => { requestAnimationFrame(resolve) })
}
