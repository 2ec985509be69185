import type { Hono } from 'hono'
import type { Html } from '../../http/pages.ts'
import type { Mail, Mailbox } from './mailbox.ts'
import { MAILBOX_PATH, mailboxPage, mailHtml, mailPage, SANDBOX } from './mailbox.pages.ts'

/** What the mailbox's pages may load and do (CSP Level 3): the portal's style sheet, and the frame of a message. */
export const MAILBOX_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** What a message may do: look as it says, and open its links. */
export const MAIL_POLICY = `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox ${SANDBOX}`

/** Addresses of the mailbox and of what is in it. */
export const MAILBOX_PATHS = [MAILBOX_PATH, `${MAILBOX_PATH}/:mail`] as const

const COMMON = { 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' }

async function pageAnswer(page: Html, policy: string): Promise<Response> {
  return new Response(`${await page}`, { headers: { ...COMMON, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy } })
}

function answerOf(mail: Mail, part: string | undefined): Promise<Response> | Response {
  if (part === 'html') return pageAnswer(mailHtml(mail), MAIL_POLICY)
  if (part === undefined) return pageAnswer(mailPage(mail), MAILBOX_POLICY)
  return new Response(new Uint8Array(mail.source), {
    headers: { ...COMMON, 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="mail-${mail.id}.eml"` },
  })
}

/** Puts the mailbox's pages into the demo: the list, and of each message its page, its HTML (`.html`) and its source (`.eml`). */
export function serveMailbox(app: Hono, mailbox: Mailbox, now: () => number): void {
  const [list, one] = MAILBOX_PATHS
  app.get(list, () => pageAnswer(mailboxPage(mailbox.mails, now()), MAILBOX_POLICY))
  app.get(one, (c) => {
    const [, id = '', part] = /^(\d+)(?:\.(html|eml))?$/.exec(c.req.param('mail')) ?? []
    const mail = mailbox.find(id)
    return mail === undefined ? c.notFound() : answerOf(mail, part)
  })
}
