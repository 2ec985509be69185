import type { TemplateResult } from 'lit'
import type {} from '../components/index.ts'
import type { World, WorldSpec } from './world.ts'

/** What the functions of a story get. */
export interface StoryContext {
  /** The story's own. */
  world: World
  /** What the story's loaders answered. */
  loaded: Record<string, unknown>
  /** Where the story is drawn. */
  canvasElement: HTMLElement
}

/** What Storybook, and the tests, are told beside. */
export interface Parameters {
  /** What the story's world holds; its component's is overridden member by member. */
  world?: WorldSpec
  /** `false`: no `<license-provider>` is put around the story. */
  provider?: boolean
  /** `false`: axe does not read it, as it takes too long and another story shows the same. */
  axe?: boolean
  [other: string]: unknown
}

interface Annotations<Args> {
  args?: Partial<Args>
  /** How the values of a control are chosen, as Storybook has it. */
  argTypes?: Record<string, unknown>
  parameters?: Parameters
  tags?: readonly string[]
  loaders?: readonly ((context: StoryContext) => Promise<Record<string, unknown>>)[]
  render?: (args: Args, context: StoryContext) => TemplateResult
  /** Acts like a person once the story is drawn. */
  play?: (context: StoryContext) => Promise<void>
}

/** The default export of a file of stories (component story format 3, without importing Storybook). */
export interface Meta<Args = Record<string, unknown>> extends Annotations<Args> {
  title: string
  /** The element's tag, by which controls and tables come from the manifest. */
  component?: string
  /** Exports that are no stories. */
  excludeStories?: readonly string[]
}

/** One state of an element: a named export of a file of stories. */
export interface Story<Args = Record<string, unknown>> extends Annotations<Args> {
  /** Its name, where the export's is not enough. */
  name?: string
}

/** Of whatever arguments. */
type Any<A extends Annotations<never>> = Omit<A, 'args'> & { args?: object }

/** A file of stories. */
export interface StoryModule {
  default: Any<Meta<never>>
  [story: string]: Any<Story<never>>
}

/** A story with what its file says for all of them. */
export interface WholeStory {
  component: string | undefined
  args: Record<string, unknown>
  parameters: Parameters
  loaders: readonly NonNullable<Meta['loaders']>[number][]
  render: Any<Story<never>>['render']
  play: Any<Story<never>>['play']
}

/** Names of the stories of a file. */
export function storyNames(module: StoryModule): string[] {
  const { excludeStories = [] } = module.default
  return Object.keys(module).filter((name) => name !== 'default' && !excludeStories.includes(name))
}

/** Puts together a story, what its file says, and what is overridden, as Storybook does. */
export function storyOf(module: StoryModule, name: string, overrides: { args?: object | undefined; parameters?: Parameters } = {}): WholeStory {
  const story = module[name]
  if (story === undefined || name === 'default') throw new Error(`there is no story ${name}`)
  const { default: meta } = module
  return {
    component: meta.component,
    args: { ...meta.args, ...story.args, ...overrides.args },
    parameters: combined(combined(meta.parameters ?? {}, story.parameters ?? {}), overrides.parameters ?? {}),
    loaders: [...meta.loaders ?? [], ...story.loaders ?? []],
    render: story.render ?? meta.render,
    play: story.play ?? meta.play,
  }
}

/** What a story draws: by its own function, or its component with the arguments as properties. */
export function drawn({ render, component, args }: WholeStory, context: StoryContext): unknown {
  if (render !== undefined) return render(args as never, context)
  if (component === undefined) throw new Error('a story without component needs a render function')
  return Object.assign(document.createElement(component), args)
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** The members of both, the second's first; plain objects are combined likewise. */
function combined(first: Record<string, unknown>, second: Record<string, unknown>): Record<string, unknown> {
  const all = { ...first }
  for (const [key, value] of Object.entries(second)) {
    const before = all[key]
    if (value !== undefined) all[key] = isPlain(before) && isPlain(value) ? combined(before, value) : value
  }
  return all
}
