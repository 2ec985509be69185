import { html } from 'hono/html'
import type { DeviceView } from '../../../ledger/view.ts'
import type { ContactCard, LicenseWithLedger, Me } from './api.ts'
import { features, history } from './history.ts'
import { type Html, icon } from './icons.ts'
import { lane } from './lane.ts'
import type { Language } from './language.ts'
import { cityOf, page, type PageContext } from './layout.ts'
import { pill, remainingWords, statusWords } from './license-words.ts'
import { undoForm } from './undo-form.ts'
import { type Attempt, voucherForm } from './voucher-form.ts'

/** What the page of one device shows. */
export interface DeviceDetails {
  me: Me
  device: DeviceView
  license: LicenseWithLedger
  /** What just happened, in words. */
  news: Html | string
  attempt: Attempt | null
}

/** One device: its licence, the way to renew it, what happened to it and what it opens. */
export function devicePage(context: PageContext, { me, device, license, news, attempt }: DeviceDetails): Html {
  const { language } = context
  const { texts, link } = language
  const { name, serial, model, siteId } = device
  const title = attempt?.outcome === 'refused' ? `${texts.error}: ${attempt.message[0]} – ${name}` : name
  return page(context, title, html`<p class="trail"><a href="${link('/')}">${icon('back')}${texts.assets}</a></p>
<div class="head"><h1><bdi>${name}</bdi></h1>${pill(license.status, statusWords(license, language))}
<p class="muted"><bdi>${serial}</bdi> · <bdi>${model}</bdi>${siteId === null ? '' : html` · <bdi>${siteId}</bdi>`}</p></div>
${news}
<section class="card" id="license" aria-label="${texts.column.license}">${facts(language, license)}${lane(language, license)}</section>
<div class="columns"><div>${voucherForm(language, license, attempt)}${undoForm(language, license, me)}${history(language, license, me)}</div>
<div>${features(language, license, me)}${contact(language, me, device)}</div></div>`)
}

function facts(language: Language, license: LicenseWithLedger): Html {
  const { texts, formats } = language
  const { status, lastDay, type, timeZone } = license
  const remaining = remainingWords(license, language)
  const fact = (term: string, value: Html | string, more: string): Html =>
    html`<div><dt>${term}</dt><dd>${value}${more === '' ? '' : html`<span class="muted small">${more}</span>`}</dd></div>`
  return html`<dl class="facts">${fact(texts.facts.status, pill(status, texts.status[status]), '')}
${lastDay === null ? fact(texts.facts.expiration, '–', texts.notActivated)
    : fact(texts.facts.expiration, texts.until(formats.longDay(lastDay)), texts.cityTime(cityOf(timeZone)))}
${fact(texts.facts.remaining, remaining.main, remaining.more)}
${fact(texts.facts.type, type === null ? '–' : texts.kind[type], '')}</dl>`
}

function contact(language: Language, { contact: cards }: Me, { name, serial }: DeviceView): Html {
  const { texts } = language
  const subject = encodeURIComponent(texts.mailSubject(name, serial))
  const shown = (['sales', 'support'] as const).filter((who) => Object.keys(cards[who]).length > 0)
  if (shown.length === 0) return html``
  return html`<section class="card" aria-labelledby="contact"><h2 id="contact">${texts.contact}</h2>
<ul class="rows contacts">${shown.map((who) => contactCard(texts.contacts[who], cards[who], subject))}</ul></section>`
}

function contactCard(title: string, { email, phone, hours, url }: ContactCard, subject: string): Html {
  return html`<li><strong>${title}</strong>${email === undefined ? '' : html`<a href="mailto:${email}?subject=${subject}">${email}</a>`}
${phone === undefined ? '' : html`<a href="tel:${phone.replaceAll(/[^+\d]/g, '')}">${phone}</a>`}
${url === undefined ? '' : html`<a href="${url}" rel="noreferrer">${url}</a>`}
${hours === undefined ? '' : html`<span class="muted small">${hours}</span>`}</li>`
}
