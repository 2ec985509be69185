/** A text with `{names}` in it; with two forms where it takes a `{count}`. */
export type Text = string | { readonly one: string; readonly other: string }

/** The texts of one element in one language, by key. */
export type Texts<K extends string = string> = Readonly<Record<K, Text>>

/** Texts that a host puts in place of ours, by key, for whatever language its page has. */
export type TextOverrides = Readonly<Record<string, Text>>
