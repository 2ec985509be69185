// What the package's types take from frameworks that are not installed here, as those declare it.

declare module 'vue' {
  export interface GlobalComponents {}
  export interface HTMLAttributes { id?: string | undefined; class?: unknown; title?: string | undefined }
  export interface PublicProps { key?: PropertyKey | undefined; ref?: unknown }
  export type EmitFn<Options> = Both<{ [Event in keyof Options]: Options[Event] extends (...args: infer Args) => unknown ? (event: Event, ...args: Args) => void : never }[keyof Options]>
  type Both<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never
}

declare module 'svelte/elements' {
  export interface HTMLAttributes<T extends EventTarget> {
    id?: string | undefined | null
    class?: string | undefined | null
    onclick?: ((event: MouseEvent & { currentTarget: EventTarget & T }) => unknown) | undefined | null
    'on:close'?: ((event: Event & { currentTarget: EventTarget & T }) => unknown) | undefined | null
    [key: `data-${string}`]: unknown
  }
  export interface SvelteHTMLElements {
    a: HTMLAttributes<HTMLAnchorElement>
    [name: string]: { [name: string]: any }
  }
}
