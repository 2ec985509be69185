import { html, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import { MOMENTS, turnClock } from '../moments.ts'
import { SAMPLES } from '../samples.ts'
import { TIME_ZONE, type World, type WorldDevice, type WorldSpec, type WorldVoucher } from '../world.ts'
import { pageStyles } from './styles.ts'
import { dateWords, word, type Word } from './words.ts'

/** The vouchers of the book, by what is said of them. */
export const BOOK = {
  year: {},
  month: { days: 30 },
  model450: { models: ['VU-450'] },
  used: { usedOn: SAMPLES.redeemed.id },
  revoked: { revoked: true },
  tooOld: { redeemBy: -2 },
} as const satisfies Partial<Record<Word, WorldVoucher>>

/** A table of codes that work, beside a device on which they can be redeemed, and a clock that takes it to its end. */
export function voucherBook(world: World, spec: WorldSpec, device: WorldDevice): TemplateResult {
  return html`${pageStyles}<div class="page">
    <h1>${word('book')}</h1>
    <div class="beside">
      <div class="stack">
        <p class="quiet">${word('bookIntro')}</p>
        <table class="codes">
          <thead><tr><th scope="col">${word('code')}</th><th scope="col">${word('does')}</th><th scope="col">${word('copy')}</th></tr></thead>
          <tbody>${(Object.keys(BOOK) as (keyof typeof BOOK)[]).map((name) => row(name, world.codes[name] ?? ''))}</tbody>
        </table>
        <p class="quiet" role="status"></p>
      </div>
      <div class="stack">
        <div class="bar"><h2>${device.name}</h2><license-badge device-id=${device.id}></license-badge></div>
        ${clock(world, spec, device)}
        <license-tab device-id=${device.id}></license-tab>
      </div>
    </div>
  </div>`
}

function row(name: keyof typeof BOOK, code: string): TemplateResult {
  return html`<tr>
    <td><code>${code}</code></td>
    <td>${word(name)}</td>
    <td><button type="button" aria-label=${word('copyOf').replace('{what}', word(name))} @click=${copy}>${word('copy')}</button></td>
  </tr>`
}

/** Copies the code of a row, and says so. Where the browser does not let it, the code is selected, so that keys can. */
async function copy({ currentTarget }: Event): Promise<void> {
  const button = currentTarget as HTMLElement
  const code = button.closest('tr')?.querySelector('code')
  if (code === null || code === undefined) return
  getSelection()?.selectAllChildren(code)
  // No secure context has the one, and a policy of the page may forbid either.
  const done = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false) || document.execCommand('copy')
  const status = button.closest('.page')?.querySelector('[role=status]')
  if (status !== null && status !== undefined) status.textContent = `${word(done ? 'copied' : 'selected')}: ${code.textContent}`
}

/** What time it is in the world, and buttons that turn it. */
function clock(world: World, spec: WorldSpec, { id }: WorldDevice): TemplateResult {
  const tell = (element?: Element): void => {
    if (element !== undefined) element.textContent = word('now').replace('{date}', dateWords(world.clock.now(), spec.timeZone ?? TIME_ZONE))
  }
  const turn = async (choice: string, { currentTarget }: Event): Promise<void> => {
    const page = (currentTarget as Element).closest('.page')
    await turnClock(world, spec, choice, id)
    tell(page?.querySelector('.clock p') ?? undefined)
    await page?.closest('license-provider')?.refresh()
  }
  return html`<div class="card stack clock" role="group" aria-label=${word('clock')}>
    <p role="status" ${ref(tell)}></p>
    <div class="bar">${MOMENTS.map((moment) => html`<button type="button" @click=${(event: Event) => turn(moment, event)}>${word(moment)}</button>`)}</div>
  </div>`
}
