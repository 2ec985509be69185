/** What the types of the frameworks have in common. */
import type { LicenseElements } from './elements.js'

/** The tag of an element. */
export type Tag = keyof LicenseElements

/** The class of an element. */
export type ElementOf<T extends Tag> = LicenseElements[T]['element']

/** What can be heard on an element. */
export type EventsOf<T extends Tag> = LicenseElements[T]['events']

/** What can be given to an element: its attributes and its properties. */
export type Given<T extends Tag> = Optional<LicenseElements[T]['attributes'] & LicenseElements[T]['properties']>

/** Handlers of what can be heard on an element, by their names in a framework. */
export type Handlers<T extends Tag, Prefix extends string> = {
  [Name in keyof EventsOf<T> & string as `${Prefix}${Name}`]?: ((event: EventsOf<T>[Name] & { readonly currentTarget: ElementOf<T> }) => void) | undefined
}

type Optional<All> = { [Name in keyof All]?: All[Name] | undefined }
