import { h, keepingFocus, say, setAttribute } from './dom.ts'
import type { Portal } from './page.ts'
import { ROLES, type Role } from './settings.ts'

/** What the clock can be moved by (days). */
const STEPS = [1, 30, 151] as const
const TICK_MS = 1_000

/** What the bar asks for. */
export interface DemoActions {
  /** Moves the clock by days; null = back to real time. */
  move(addDays: number | null): void
  /** Moves it to the last day of the device shown, or of the first one to expire. */
  moveToLastDay(): void
  play(role: Role): void
}

/** The demo's own controls, at the foot of every page: the clock, the mail that was sent, and who one plays. A real portal has none of it. */
export class DemoBar {
  readonly #element: HTMLElement
  readonly #actions: DemoActions
  readonly #time = h('time')
  readonly #moved = h('span', { class: 'mark moved', hidden: true })
  readonly #news = h('p', { class: 'hidden', role: 'status' })
  #portal: Portal | null = null

  constructor(element: HTMLElement, actions: DemoActions) {
    this.#element = element
    this.#actions = actions
    setInterval(() => { this.tick() }, TICK_MS)
  }

  show(portal: Portal, role: Role): void {
    const { texts, formats } = portal
    this.#portal = portal
    const { move, moveToLastDay, play } = this.#actions
    const step = (days: number): HTMLElement => {
      const number = formats.number(days)
      return h('button', { type: 'button', id: `clock-${days}`, onclick: () => { move(days) } }, `+${number}`,
        h('span', { class: 'roomy' }, formats.days(days).slice(number.length)))
    }
    const select = h('select', { id: 'role', onchange: () => { play(ROLES[select.selectedIndex] ?? 'admin') } },
      ...ROLES.map((one) => h('option', { selected: one === role }, texts.roles[one])))
    // What was said before is not said again in another language.
    say(this.#news, '')
    keepingFocus(() => {
      this.#element.setAttribute('aria-label', texts.demo)
      this.#element.replaceChildren(
        h('p', { class: 'clock' }, h('strong', {}, texts.clock), this.#time, this.#moved),
        h('p', { class: 'steps', role: 'group', 'aria-label': texts.clock }, ...STEPS.map(step),
          h('button', { type: 'button', id: 'clock-last', onclick: moveToLastDay }, texts.lastDay),
          h('button', { type: 'button', id: 'clock-today', onclick: () => { move(null) } },
            h('span', { class: 'roomy' }, texts.today), h('span', { class: 'tight', 'aria-hidden': 'true' }, texts.todayBriefly))),
        // Beside what never changes its width: nothing moves once the time is known.
        h('p', { class: 'role' }, h('a', { class: 'mailbox-link', href: '/demo/mailbox' }, texts.mailbox), h('label', { for: 'role' }, texts.viewAs), select), this.#news)
    })
    this.tick()
  }

  /** Says where the clock stands now, to who does not see it. */
  announce(): void {
    this.tick()
    say(this.#news, `${this.#portal?.texts.clock ?? ''}: ${this.#time.textContent}`)
  }

  /** Shows the time, as soon as it is known in which zone. */
  tick(): void {
    if (this.#portal === null || this.#portal.me === null) return
    const { texts, formats, clock, timeZone } = this.#portal
    const now = clock.now()
    say(this.#time, formats.time(now, timeZone))
    setAttribute(this.#time, 'datetime', new Date(now).toISOString())
    say(this.#moved, !clock.isMoved ? '' : clock.movedDays === 0 ? texts.movedLittle : texts.moved(formats.signedDays(clock.movedDays)))
    this.#moved.hidden = !clock.isMoved
  }
}
