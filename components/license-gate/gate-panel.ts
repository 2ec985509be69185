import { html, nothing, type TemplateResult } from 'lit'
import { formatDay } from '../shared/dates.ts'
import { featureName } from '../shared/features.texts.ts'
import { lockIcon } from '../shared/icons.ts'
import type { Localize } from '../shared/localize.ts'
import { linkTo } from '../shared/navigate.ts'
import { isolated, plain } from '../shared/plain.ts'
import type { Resource } from '../shared/resource.ts'
import { staleWords, troubleWords } from '../shared/trouble.ts'
import type { LicenseView, Me, ProblemBody } from '../shared/wire.ts'
import { isDown, type Why } from './gate-verdict.ts'
import type { GateText } from './license-gate.texts.ts'

type Words = Localize<GateText>

/** What the panel tells of. */
export interface Locked {
  feature: string
  deviceId: string
  why: Why
  me: Resource<Me> | null
  license: Resource<LicenseView> | null
  /** The server's instant (ms). */
  now: number
}

/** What the panel's buttons and its link do. */
export interface PanelHandlers {
  redeem: () => void
  contact: () => void
  retry: () => void
  follow: (event: MouseEvent) => void
}

/** Activating or renewing, as far as the person may. */
export function redeeming(license: LicenseView | null): 'activate' | 'renew' | null {
  return license?.actions.find((action) => action === 'activate' || action === 'renew') ?? null
}

/** The panel in place of what is closed: why it is, and the way to open it. */
export function panel(words: Words, locked: Locked, { redeem, contact, retry, follow }: PanelHandlers): TemplateResult {
  const { feature, deviceId, why, me, license } = locked
  const byLicense = why === 'none' || why === 'ended' || why === 'status'
  const action = byLicense ? redeeming(license?.value ?? null) : null
  const link = why === 'device' || why === 'feature' ? null : me?.value?.links.licenseTab ?? null
  const problem = why === 'unchecked' || byLicense ? license?.problem ?? me?.problem ?? null : null
  return html`<div class="panel" part="panel" lang=${words.language}>${lockIcon()}
    <h2 part="title" tabindex="-1">${titleOf(words, feature)}</h2>
    <p class="muted">${reason(words, locked, problem)}</p>
    ${byLicense && action === null ? html`<p class="muted">${words.text('tab.read-only')}</p>` : nothing}
    ${byLicense && problem !== null ? html`<p class="muted small">${stale(words, locked, problem)}</p>` : nothing}
    <div class="buttons">
      ${action === null ? nothing : html`<button type="button" class="filled" part="primary" @click=${redeem}>${words.text(`tab.${action}`)}</button>`}
      ${problem === null ? nothing : html`<button type="button" part="retry" @click=${retry}>${words.text('trouble.retry')}</button>`}
      <button type="button" part="contact" @click=${contact}>${words.text('tab.contact')}</button>
    </div>
    ${link === null ? nothing : html`<a part="link" href=${linkTo(link, deviceId)} @click=${follow}>${words.text('gate.license')}</a>`}</div>`
}

/** The panel's heading. */
export function titleOf(words: Words, feature: string): string {
  return words.text('gate.title', { feature: isolated(featureName(words, feature)) })
}

function reason(words: Words, { why, deviceId, license }: Locked, problem: ProblemBody | null): string {
  if (why === 'device') return `${words.text('badge.unknown')}. ${words.text('tab.unknown-more', { id: plain(deviceId) })}`
  if (why === 'unchecked' && problem !== null && !isDown(problem)) return troubleWords(words, problem).join(' ')
  const { type = null, lastDay = null } = license?.value ?? {}
  if (why !== 'ended' || lastDay === null) return words.text(why === 'ended' ? 'gate.status' : `gate.${why}`)
  return `${words.text(`gate.${type ?? 'standard'}`, { day: formatDay(words.formats, lastDay) })} ${words.text('gate.again')}`
}

function stale(words: Words, { license, now }: Locked, problem: ProblemBody): string {
  return staleWords(words, problem, { at: license?.at ?? 0, now, timeZone: license?.value?.timeZone ?? 'UTC' }).join(' ')
}
