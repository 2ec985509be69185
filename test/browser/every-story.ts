import { type StoryModule, storyNames, storyOf } from '../../stories/story.ts'
import { equal } from './assert.ts'
import { axe } from './axe.ts'
import { forceColours } from './person.ts'
import { renderStory, until } from './stage.ts'
import { textOf } from './tree.ts'

/** Names of the files of stories, and of the tests that share them; the bundle of the tests finds them, so that nobody has to name one. */
declare const STORY_FILES: readonly string[]
declare const STORY_TESTS: readonly string[]

/** What the page complained of in its console. */
const complaints: string[] = []

for (const level of ['error', 'warn'] as const) {
  const say = console[level].bind(console)
  console[level] = (...words: unknown[]) => {
    complaints.push(words.map(String).join(' '))
    say(...words)
  }
}

/** Draws every story, in light and English, then in dark and German, then in forced colours, and looks at it with axe. The tests stand in
 * several files, which run side by side; `test` is the address of one, which takes its share. */
export async function testStories(test: string): Promise<void> {
  const share = STORY_TESTS.findIndex((name) => test.includes(`/${name}.`))
  for (const file of STORY_FILES.filter((_, index) => index % STORY_TESTS.length === share)) {
    const module = await import(`../../stories/${file}.stories.ts`) as StoryModule
    describe(`every story of ${file}`, () => {
      for (const name of storyNames(module)) {
        it(`${name}, light and English, dark and German, forced colours`, async () => {
          complaints.length = 0
          const { canvas, element, world, redraw } = await renderStory(module, name)
          // That something is loading is said only where it takes a while.
          if (world.network === 'loading') await until(() => textOf(element) !== '')
          const { parameters } = storyOf(module, name)
          if (parameters.axe !== false) await axe(canvas)
          await redraw({ theme: 'dark', locale: 'de' })
          if (parameters.axe !== false) {
            await axe(canvas, { coloursOnly: true })
            await forceColours(true)
            await axe(canvas, { coloursOnly: true }).finally(() => forceColours(false))
          }
          equal(complaints, [])
        })
      }
    })
  }
}
