/** The elements in Svelte's templates, 5 and 4. Tell the compiler once, in any file: `import type {} from 'license-elements/svelte'`. */
import type { HTMLAttributes } from 'svelte/elements'
import type { ElementOf, Given, Handlers, Tag } from './props.js'

type Own<T extends Tag> = Given<T> & Handlers<T, 'on'> & Handlers<T, 'on:'>
type Elements = { [T in Tag]: Omit<HTMLAttributes<ElementOf<T>>, keyof Own<T>> & Own<T> }

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Elements {}
}
