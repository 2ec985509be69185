import { html, nothing, type TemplateResult } from 'lit'
import type { CardText } from './contact-card.texts.ts'
import type { Copying } from './copying.ts'
import { frame } from './icons.ts'
import type { Localize } from './localize.ts'
import type { ContactCard } from './wire.ts'

const FIELDS = ['name', 'email', 'phone', 'hours', 'url'] as const
/** What a card can say. */
export type ContactField = (typeof FIELDS)[number]
/** Shape of Lucide (ISC licence), on a grid of 24. */
const COPY = '<rect width="14" height="14" x="8" y="8" rx="2"/><path d="M4 16a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2h10a2 2 0 0 1 2 2"/>'
/** What is worth copying. */
const COPIED: readonly ContactField[] = ['email', 'phone']

/** Whether a card says anything. */
export function isEmpty(card: ContactCard): boolean {
  return FIELDS.every((field) => !card[field])
}

/** An e-mail address, if it can be one and nothing else. */
export function mailAddress({ email = '' }: ContactCard): string | null {
  return /^[^\s@<>,;:?&%"()]+@[^\s@<>,;:?&%"()]+$/.test(email) ? email : null
}

/** Where a link on a card leads; null where it is better not followed. */
export function addressOf(field: ContactField, value: string): string | null {
  if (field === 'email') return mailAddress({ email: value }) === null ? null : `mailto:${encodeURIComponent(value).replace('%40', '@')}`
  if (field === 'phone') return /^[+\d][\d\s().\/-]*$/.test(value) ? `tel:${value.replace('(0)', '').replaceAll(/[^+\d]/g, '')}` : null
  if (field !== 'url') return null
  return pageAddress(value)
}

function pageAddress(value: string): string | null {
  try {
    const { protocol, href } = new URL(value)
    return protocol === 'https:' || protocol === 'http:' ? href : null
  } catch {
    return null
  }
}

/** A contact as names and values: links where they can be followed, and buttons that copy. */
export function contactRows(words: Localize<CardText>, card: ContactCard, copying: Copying, follow: (event: MouseEvent) => void): TemplateResult {
  return html`<dl part="card">${FIELDS.filter((field) => card[field]).map((field) => row(words, field, card[field] ?? '', copying, follow))}</dl>`
}

function row(words: Localize<CardText>, field: ContactField, value: string, copying: Copying, follow: (event: MouseEvent) => void): TemplateResult {
  const href = addressOf(field, value)
  const name = words.text(`contact.${field}`)
  const isPage = field === 'url'
  return html`<div class="row">
    <dt>${name} ${said(words, copying, field)}</dt>
    <dd>${COPIED.includes(field) ? copyButton(words, copying, field, value, name) : nothing}
      ${href === null ? html`<bdi>${value}</bdi>` : html`<a href=${href} target=${isPage ? '_blank' : nothing} rel=${isPage ? 'noopener noreferrer' : nothing}
      @click=${isPage ? follow : nothing}><bdi>${value}</bdi></a>`}</dd>
  </div>`
}

function copyButton(words: Localize<CardText>, copying: Copying, field: ContactField, value: string, name: string): TemplateResult {
  const what = words.text('contact.copy-this', { name })
  return html`<button type="button" class="link copy" title=${what} @click=${() => copying.copy(field, value)}>${frame(COPY)}</button>`
}

/** That something was copied, beside what it is called. */
export function said(words: Localize<CardText>, { last }: Copying, name: string): TemplateResult | typeof nothing {
  if (last?.name !== name) return nothing
  return html`<span class="said ${last.done ? 'tone-ok' : 'tone-bad'}">${words.text(last.done ? 'contact.copied' : 'contact.copy-failed')}</span>`
}
