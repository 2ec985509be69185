/** White space and what cannot be seen, as a part of a class of a regular expression with the flag `u`. */
export const BLANKS = String.raw`\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffc`
/** Hyphens and dashes, also those of formulas. */
export const DASHES = String.raw`\p{Pd}\u2043\u2053\u207b\u208b\u2212`
/** Quotes of every script, primes, and what is taken for them. */
export const QUOTES = String.raw`"'${'`'}\p{Pi}\p{Pf}\u00b4\u02bc\u05f3\u05f4\u201a\u201e\u2032-\u2037\u2057\u275b-\u2760\u276e\u276f\u2e42`
  + String.raw`\u300c-\u300f\u301d-\u301f\ufe41-\ufe44\uff02\uff07\uff40\uff62\uff63\u{1f676}-\u{1f678}`
