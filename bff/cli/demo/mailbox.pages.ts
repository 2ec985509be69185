import { html, raw } from 'hono/html'
import type { Html } from '../../http/pages.ts'
import { WORKSPACE } from './identities.ts'
import type { Mail } from './mailbox.ts'
import { SAMPLE_WORKSPACES } from './sample.ts'

/** Where the mailbox is. */
export const MAILBOX_PATH = '/demo/mailbox'

/** What a message in its frame may do: open its links in a tab of their own, as mail programs do, and nothing else. */
export const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation'

const times = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: SAMPLE_WORKSPACES[WORKSPACE].timeZone,
})

function timeHtml(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${times.format(at)}</time>`
}

/** A page in the frame of the portal, whose style sheet it shares. */
function framed(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} · Velthorn Connect</title><link rel="icon" href="/portal/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/portal/portal.css"></head>
<body class="mailbox"><a class="skip" href="#main">Skip to content</a>
<header class="top"><a class="brand" href="/"><img src="/portal/favicon.svg" width="20" height="20" alt=""><span>Velthorn Connect</span></a>
<nav aria-label="Main"><a href="/">Assets</a></nav></header>
<main id="main" tabindex="-1">${content}</main></body></html>`
}

const EMPTY = html`<div class="card nothing"><h2>No mail yet</h2>
<p class="muted">Reminders are sent as licenses come to their end. Move the demo clock at the foot of the portal, by 30 days for instance; a second later, mail is here.</p>
<p class="muted">What was sent for a day is not sent again: after going back, move on further than before.</p>
<p><a class="button filled" href="/">Open the portal</a></p></div>`

/** The language that a message is in. */
function languageOf({ message }: Mail): string {
  return /<html lang="([\w-]+)"/.exec(message.html)?.[1] ?? 'en'
}

function subjectHtml(mail: Mail): Html {
  return html`<bdi lang="${languageOf(mail)}">${mail.message.subject}</bdi>`
}

function rowHtml(mail: Mail): Html {
  const { id, at, message: { to } } = mail
  return html`<li><p class="subject"><a href="${MAILBOX_PATH}/${id}">${subjectHtml(mail)}</a></p><p class="muted to">To ${to}</p><p class="muted when">${timeHtml(at)}</p></li>`
}

/** Every message, the newest first, as of an instant of the demo's clock (ms). */
export function mailboxPage(mails: readonly Mail[], now: number): Html {
  return framed('Mailbox', html`<div class="head"><h1>Mailbox</h1><a class="button" href="${MAILBOX_PATH}">Look again</a></div>
<p class="muted lead">What the demo would have sent; nothing leaves this computer. Demo clock: ${timeHtml(now)}</p>
${mails.length === 0 ? EMPTY : html`<ol class="card rows mails">${mails.map(rowHtml)}</ol>`}`)
}

function headersHtml({ message: { from, to, replyTo, subject, messageId, headers }, at }: Mail): Html {
  const rows: [string, string][] = [
    ['From', from], ['To', to], ['Reply-To', replyTo], ['Subject', subject], ['Message-ID', messageId], ['List-Unsubscribe', headers['List-Unsubscribe'] ?? ''],
  ]
  return html`<dl class="card headers"><dt>Date</dt><dd>${timeHtml(at)}</dd>${rows.map(([name, value]) => (value === '' ? '' : html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`))}</dl>`
}

/** One message: its headers, how a mail program shows it, its plain text, and its source. */
export function mailPage(mail: Mail): Html {
  const { id, message: { subject, text }, source } = mail
  return framed(subject, html`<p class="back"><a href="${MAILBOX_PATH}">All mail</a></p>
<h1>${subjectHtml(mail)}</h1>
${headersHtml(mail)}
<section class="card"><h2 class="card-head">As mail programs show it</h2>
<iframe src="${MAILBOX_PATH}/${id}.html" title="The message" sandbox="${SANDBOX}"></iframe></section>
<details class="card"><summary>Plain text</summary><pre tabindex="0" role="region" aria-label="Plain text" lang="${languageOf(mail)}">${text}</pre></details>
<details class="card"><summary>Source</summary><p><a class="button" href="${MAILBOX_PATH}/${id}.eml">Download as .eml</a></p><pre tabindex="0" role="region" aria-label="Source">${new TextDecoder().decode(source)}</pre></details>`)
}

/** The HTML of a message as it was sent, but that its links open beside the mailbox. */
export function mailHtml({ message }: Mail): Html {
  return html`${raw(message.html.replace('<head>', '<head><base target="_blank">'))}`
}
