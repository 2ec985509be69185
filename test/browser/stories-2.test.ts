import { testStories } from './every-story.ts'

await testStories(1, 2)
