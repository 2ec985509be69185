/** The elements in the templates of Vue 3. Tell the compiler once, in any file: `import type {} from 'license-elements/vue'`. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue'
import type { ElementOf, EventsOf, Given, Tag } from './props.js'

type Emits<T extends Tag> = { [Name in keyof EventsOf<T>]: (event: EventsOf<T>[Name]) => void }
type Component<T extends Tag> = new () => ElementOf<T> & {
  /** What a template can give to it; the element itself has no such property. */
  $props: PublicProps & Omit<HTMLAttributes, keyof Given<T>> & Given<T>
  /** What a template can hear from it; the element itself has no such property. */
  $emit: EmitFn<Emits<T>>
}
type Components = { [T in Tag]: Component<T> }

declare module 'vue' {
  interface GlobalComponents extends Components {}
}
