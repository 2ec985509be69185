import { html as markup } from 'hono/html'
import { inTransaction } from '../db/transaction.ts'
import { readText } from '../http/body.ts'
import { type Html, page } from '../http/pages.ts'
import { Problem } from '../http/problem.ts'
import { html, type Site } from '../http/public.ts'
import type { PublicRoute } from '../http/route.ts'
import { MAIL_LANGUAGES, type MailLanguage } from '../policy.ts'
import { findRecipient, optOut } from './recipients.sql.ts'
import { recipientOfToken } from './unsubscribe.ts'

const BODY_BYTES = 16_384

const TEXTS: Record<MailLanguage, { ask: string; stop: string; stopped: string; calm: string; again: string; on: string }> = {
  en: {
    ask: 'Stop reminders by e-mail?', stop: 'Stop reminders', stopped: 'You get no more reminders by e-mail',
    calm: 'Your licenses are not touched, and the portal still shows what is due.', again: 'Send them again', on: 'You get reminders by e-mail',
  },
  de: {
    ask: 'Keine Erinnerungen mehr per E-Mail?', stop: 'Erinnerungen abbestellen', stopped: 'Sie erhalten keine Erinnerungen mehr per E-Mail',
    calm: 'Ihre Lizenzen bleiben, wie sie sind, und das Portal zeigt weiter, was ansteht.', again: 'Wieder senden', on: 'Sie erhalten Erinnerungen per E-Mail',
  },
}

function languageOf(request: Request): MailLanguage {
  const [first = ''] = (request.headers.get('accept-language') ?? '').split(/[,;-]/)
  return MAIL_LANGUAGES.find((one) => one === first.trim().toLowerCase()) ?? 'en'
}

/** The recipient's row that an address names; throws `not-found`. */
async function named({ keyring, database: { db } }: Site, token = ''): Promise<{ id: string; optedOut: boolean }> {
  const id = await recipientOfToken(keyring, token)
  const found = id === null ? null : await findRecipient(db, id)
  if (id === null || found === null) throw new Problem('not-found', 'This link is not valid any more.')
  return { id, optedOut: found.optedOut }
}

/** A page whose one form asks this address; browsers say where a form comes from only where the page lets them. */
async function answer(title: string, form: Html, language: MailLanguage): Promise<Response> {
  const response = await html(page(title, markup`<h1>${title}</h1><p>${TEXTS[language].calm}</p>${form}`, language))
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('cache-control', 'no-store')
  return response
}

function form(label: string, name: string): Html {
  return markup`<form method="post"><button name="${name}" value="1">${label}</button></form>`
}

/** Stops mail to somebody, and begins again: by the link in the mail, without being signed in (RFC 8058). */
export const unsubscribeRoutes: readonly PublicRoute<Site>[] = [
  {
    path: '/v1/unsubscribe/{token}', summary: 'A page that asks whether reminders by e-mail stop', media: 'text/html', problems: ['not-found', 'storage-unavailable'],
    answer: async (site, request, { token }) => {
      const language = languageOf(request)
      const { optedOut } = await named(site, token)
      const { stopped, again, ask, stop } = TEXTS[language]
      return optedOut ? answer(stopped, form(again, 'again'), language) : answer(ask, form(stop, 'stop'), language)
    },
  },
  {
    method: 'post', path: '/v1/unsubscribe/{token}', summary: 'Stop reminders by e-mail (RFC 8058); the form field again=1 begins them again', media: 'text/html',
    problems: ['not-found', 'storage-unavailable'],
    answer: async (site, request, { token }) => {
      const language = languageOf(request)
      const text = await readText(request, BODY_BYTES)
      const { id } = await named(site, token)
      const out = new URLSearchParams(text).get('again') !== '1'
      await inTransaction(site.database, (trx) => optOut(trx, id, out, site.now()))
      const { stopped, again, on, stop } = TEXTS[language]
      return out ? answer(stopped, form(again, 'again'), language) : answer(on, form(stop, 'stop'), language)
    },
  },
]
