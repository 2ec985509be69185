/** Languages of the portal. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** `auto` follows the system. */
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Who the visitor plays. */
export const ROLES = ['admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** What a person has chosen on this computer. */
export interface Settings {
  language: Language
  theme: Theme
  role: Role
}

/** Where a person names no country: dates as Europe writes them, as the devices stand there. */
const LOCALES = { en: 'en-GB', de: 'de-DE' } as const satisfies Record<Language, string>

const KEY = 'velthorn.'

/** Reads the settings; what was never chosen is what the browser asks for. */
export function readSettings(): Settings {
  return {
    language: pick(LANGUAGES, stored('language')) ?? browserLanguage(),
    theme: pick(THEMES, stored('theme')) ?? 'auto',
    role: pick(ROLES, stored('role')) ?? 'admin',
  }
}

/** Keeps a choice for the next visit, where the browser lets us. */
export function keepSetting<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
  try {
    localStorage.setItem(`${KEY}${name}`, value)
  } catch {
    // A browser without storage forgets it; the page still follows it.
  }
}

/** Tells the document its language and theme. */
export function applySettings({ language, theme }: Pick<Settings, 'language' | 'theme'>): void {
  const { documentElement } = document
  documentElement.lang = language
  if (theme === 'auto') delete documentElement.dataset['theme']
  else documentElement.dataset['theme'] = theme
}

/** The locale of dates and numbers: the browser's own where it speaks the language, else Europe's. */
export function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? LOCALES[language]
}

function browserLanguage(): Language {
  for (const tag of navigator.languages) {
    const known = pick(LANGUAGES, tag.split('-', 1)[0]?.toLowerCase() ?? null)
    if (known !== null) return known
  }
  return 'en'
}

function pick<Choice extends string>(choices: readonly Choice[], value: string | null): Choice | null {
  return choices.find((choice) => choice === value) ?? null
}

function stored(name: keyof Settings): string | null {
  try {
    return localStorage.getItem(`${KEY}${name}`)
  } catch {
    return null
  }
}
