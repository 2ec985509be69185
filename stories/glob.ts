/** Where stories are, from this folder on: Storybook shows these files, and the tests draw every story of them. */
export const STORY_GLOB = '*.stories.ts'
