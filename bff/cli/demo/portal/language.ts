import { Formats } from './formats.ts'
import { DE } from './texts.de.ts'
import { EN, type Texts } from './texts.en.ts'

/** Languages of the portal. */
export const LANGUAGES = ['en', 'de'] as const
export type LanguageCode = (typeof LANGUAGES)[number]

/** The texts of every language. */
export const TEXTS = { en: EN, de: DE } as const satisfies Record<LanguageCode, Texts>

/** Where a person names no country: dates as Europe writes them, as the devices stand there. */
const LOCALES = { en: 'en-GB', de: 'de-DE' } as const satisfies Record<LanguageCode, string>

/** How to talk to a person. */
export interface Language {
  code: LanguageCode
  texts: Texts
  formats: Formats
  /** An address of the portal in this language: keeps what the person chose. `query` members that are empty are left out. */
  link: (path: string, query?: Readonly<Record<string, string | undefined>>) => string
}

function isKnown(code: string | undefined): code is LanguageCode {
  return (LANGUAGES as readonly (string | undefined)[]).includes(code)
}

/** Tags of an Accept-Language header (RFC 9110 §12.5.4), the most wanted first. */
function wantedTags(header: string): string[] {
  return header.split(',').slice(0, 20).map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim())
    const quality = Number(parameters.find((text) => text.startsWith('q='))?.slice(2) ?? 1)
    return { tag, quality }
  }).filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality).map(({ tag }) => tag)
}

function languagePart(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? ''
}

/** The language of a request: what the address says, else what the browser asks for, else English. */
export function languageOf(request: Request): Language {
  const chosen = new URL(request.url).searchParams.get('lang') ?? undefined
  const tags = wantedTags(request.headers.get('accept-language') ?? '')
  const code = isKnown(chosen) ? chosen : tags.map(languagePart).find(isKnown) ?? 'en'
  const country = tags.find((tag) => languagePart(tag) === code && /^[a-z]{2}-[a-z]{2}$/i.test(tag))
  const lang = isKnown(chosen) ? chosen : undefined
  return {
    code,
    texts: TEXTS[code],
    formats: new Formats(country ?? LOCALES[code]),
    link: (path, query = {}) => {
      const pairs = Object.entries<string | undefined>({ ...query, lang }).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
      return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`
    },
  }
}
