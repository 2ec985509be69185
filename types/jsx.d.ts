/** The elements in the JSX of React 19. Tell the compiler once, in any file: `import type {} from 'license-elements/jsx'`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { ElementOf, Given, Handlers, Tag } from './props.js'

type Own<T extends Tag> = Given<T> & Handlers<T, 'on'>
type Props<T extends Tag> = Omit<DetailedHTMLProps<HTMLAttributes<ElementOf<T>>, ElementOf<T>>, keyof Own<T>> & Own<T>
type Elements = { [T in Tag]: Props<T> }

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
