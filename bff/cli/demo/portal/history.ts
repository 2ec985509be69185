import { html } from 'hono/html'
import type { GrantView } from '../../../ledger/view.ts'
import type { LicenseWithLedger, Me } from './api.ts'
import { type Html, icon } from './icons.ts'
import type { Language } from './language.ts'

/** Everything that ever happened to the licence, newest first; what was undone stays and is told. */
export function history(language: Language, { ledger, timeZone }: LicenseWithLedger, me: Me): Html {
  const { texts } = language
  const entries = ledger.toReversed().map((grant) => entry(language, grant, timeZone, me))
  return html`<section class="card" aria-labelledby="history"><h2 id="history">${texts.history}</h2>
${entries.length === 0 ? html`<p class="empty">${texts.noHistory}</p>` : html`<ul class="rows">${entries}</ul>`}</section>`
}

function entry({ texts, formats }: Language, grant: GrantView, timeZone: string, me: Me): Html {
  const { source, kind, from, to, at, by, undoneAt } = grant
  const what = source.type === 'voucher' ? texts.entry.voucher(source.last4 ?? '') : source.type === 'import'
    ? texts.entry.import[kind] : texts.entry[source.type]()
  const who = by === me.person?.id ? texts.byYou : source.type === 'import' ? source.reference ?? '' : ''
  const undone = undoneAt === null ? ''
    : html`<span class="pill neutral">${texts.undone}</span> <time class="muted small" datetime="${undoneAt}">${formats.dayOf(undoneAt, timeZone)}</time>`
  const period = `${formats.dayOf(from, timeZone)} – ${formats.dayOf(Date.parse(to) - 1, timeZone)}`
  return html`<li class="entry ${undoneAt === null ? '' : 'undone'}"><time class="muted" datetime="${at}">${formats.dayOf(at, timeZone)}</time>
<p>${what}, <strong>${texts.added(formats.days(grant.days))}</strong> ${undone}
<span class="muted period">${period}${who === '' ? '' : html` · <bdi>${who}</bdi>`}</span></p></li>`
}

/** Each feature, and whether the licence opens it now. */
export function features({ texts }: Language, license: LicenseWithLedger, me: Me): Html {
  const item = (id: string): Html => {
    const open = license.features.includes(id)
    return html`<li class="${open ? 'open' : 'closed'}">${icon(open ? 'check' : 'lock')}<span>${texts.feature[id] ?? id}</span>
<span class="state">${open ? texts.open : texts.closed}</span></li>`
  }
  return html`<section class="card" aria-labelledby="opens"><h2 id="opens">${texts.opens}</h2>
<ul class="rows features">${me.policy.features.map(({ id }) => item(id))}</ul></section>`
}
