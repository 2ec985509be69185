import { testStories } from './every-story.ts'

await testStories(import.meta.url)
