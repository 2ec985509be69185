/** A text with `{names}` in it; with a form for each plural of its language (Unicode CLDR) where it takes a `{count}`. */
export type Text = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

/** The texts of one element in one language, by key. */
export type Texts<K extends string = string> = Readonly<Record<K, Text>>

/** Texts that a host puts in place of ours, by key. */
export type TextOverrides = Readonly<Record<string, Text>>
