import { testStories } from './every-story.ts'

await testStories(0, 2)
