import { html } from 'lit'
import type { VoucherModal } from '../components/index.ts'
import { answered, changeAs, deafen, enterCode, IN_FRAME, MISTYPED_CODE, pressRedeem, providerIn, UNKNOWN_CODE } from './dialogs.ts'
import { ALL_SAMPLES, SAMPLES } from './samples.ts'
import type { Meta, Story, StoryContext } from './story.ts'
import type { WorldDevice, WorldSpec, WorldVoucher } from './world.ts'

interface Args {
  deviceId: string
  open: boolean
}

const meta: Meta<Args> = {
  title: 'Voucher modal',
  component: 'voucher-modal',
  args: { deviceId: SAMPLES.expiring.id, open: true },
  parameters: { world: { devices: ALL_SAMPLES, vouchers: { good: {} } }, ...IN_FRAME },
  render: ({ deviceId, open }) => html`<button type="button" @click=${show}>Enter a code</button>
    <voucher-modal device-id=${deviceId} ?open=${open}></voucher-modal>`,
}
export default meta

function show({ currentTarget }: Event): void {
  ((currentTarget as HTMLElement).nextElementSibling as VoucherModal).show()
}

/** A code of the story's world, by its name; or a text as it is. */
function codeOf({ world }: StoryContext, name: string): string {
  return world.codes[name] ?? name
}

/** A story in which a code is entered, and the button pressed some times. */
function entering(code: string, presses = 0, more: Story<Args> = {}): Story<Args> {
  return {
    ...more,
    play: async (context) => {
      await enterCode(context.canvasElement, codeOf(context, code))
      for (let time = 0; time < presses; time += 1) await pressRedeem(context.canvasElement)
    },
  }
}

function on({ id }: WorldDevice, more: Story<Args> = {}): Story<Args> {
  return { ...more, args: { deviceId: id } }
}

function withVoucher(voucher: WorldVoucher, more: WorldSpec = {}): Story<Args> {
  return { parameters: { world: { vouchers: { asked: voucher }, ...more } } }
}

export const Renew: Story<Args> = {}
export const Activate: Story<Args> = on(SAMPLES.none)
/** It opens by a button, to which the focus goes back. */
export const Closed: Story<Args> = { args: { open: false }, parameters: { docs: { story: { inline: true } } } }

/** Told before anything is asked. */
export const TypingMistake = entering(MISTYPED_CODE)
export const SmallLetters = entering(UNKNOWN_CODE.toLowerCase())
export const ForeignSigns = entering('7KDR-Q4MX-T9E8-KQF2-3WÜH')
/** The button says what is missing. */
export const NothingEntered = entering('', 1)
export const TooShort = entering('7KDR-Q4', 1)

/** A right code of ours is looked up by itself. */
export const PreviewOfRenewal = entering('good')
export const PreviewOfActivation = entering('good', 0, on(SAMPLES.none))
export const PreviewAfterExpiry = entering('good', 0, on(SAMPLES.expired))
export const PreviewInTrial = entering('good', 0, on(SAMPLES.trial))
export const PreviewOnLastDay = entering('good', 0, on(SAMPLES.lastDay))

export const Renewed = entering('good', 1)
export const Activated = entering('good', 1, on(SAMPLES.none))
/** The code stands on this device already: nothing is wrong. */
export const AlreadyActive = entering('asked', 0, withVoucher({ usedOn: SAMPLES.expiring.id }))

export const NotFound = entering(UNKNOWN_CODE)
/** A revoked code is as unknown as one that never was. */
export const Revoked = entering('asked', 0, withVoucher({ revoked: true }))
export const NotYetValid = entering('asked', 0, withVoucher({ notBefore: 3 }))
export const TooOld = entering('asked', 0, withVoucher({ redeemBy: -3 }))
export const WrongModel = entering('asked', 0, withVoucher({ models: ['VU-450'] }))
export const UsedUp = entering('asked', 0, withVoucher({ usedOn: SAMPLES.active.id }))
/** One try is left. */
export const LastTry = entering(UNKNOWN_CODE, 0, { parameters: { world: { policy: { attempts: { person: 2, workspace: 50, minutes: 15 } } } } })
export const Paused = entering(UNKNOWN_CODE, 1, { parameters: { world: { policy: { attempts: { person: 1, workspace: 50, minutes: 15 } } } } })

/** The role was taken away while the dialog was open. */
export const RoleTaken: Story<Args> = {
  play: async (context) => {
    await changeAs(context.canvasElement, 'story-viewer')
    await enterCode(context.canvasElement, codeOf(context, 'good'))
    await pressRedeem(context.canvasElement)
  },
}
export const SignedOut: Story<Args> = {
  play: async (context) => {
    await changeAs(context.canvasElement, 'nobody')
    await enterCode(context.canvasElement, codeOf(context, 'good'))
  },
}
/** The device was removed while the dialog was open, and the page has not heard of it. */
export const DeviceRemoved: Story<Args> = {
  play: async (context) => {
    await deafen(context.canvasElement)
    await context.world.as('admin')('DELETE', `/v1/devices/${SAMPLES.expiring.id}`)
    await enterCode(context.canvasElement, codeOf(context, 'good'))
  },
}

function cut(network: 'down' | 'error', when: 'before' | 'after'): Story<Args> {
  return {
    play: async (context) => {
      const { world, canvasElement } = context
      await answered(canvasElement)
      if (when === 'before') world.network = network
      await enterCode(canvasElement, codeOf(context, 'good'))
      if (when === 'before') return
      world.network = network
      await pressRedeem(canvasElement)
    },
  }
}

export const Unreachable = cut('down', 'before')
/** Nobody knows whether the code was redeemed; pressing again is safe. */
export const Unanswered = cut('down', 'after')
export const ServerError = cut('error', 'after')

/** A viewer is told why there is no field. */
export const ReadOnly: Story<Args> = { parameters: { world: { role: 'viewer' } } }
export const Loading: Story<Args> = { parameters: { world: { network: 'loading' } } }
export const LoadingFailed: Story<Args> = { parameters: { world: { network: 'down' } } }
export const UnknownDevice: Story<Args> = { args: { deviceId: 'nowhere' } }
export const LongName = entering('good', 0, on(SAMPLES.longName))

function inGerman(story: Story<Args>): Story<Args> {
  return {
    ...story,
    play: async (context) => {
      providerIn(context.canvasElement).locale = 'de'
      await answered(context.canvasElement)
      await story.play?.(context)
    },
  }
}

export const German = inGerman(PreviewOfRenewal)
export const GermanUsedUp = inGerman(UsedUp)
export const GermanPaused = inGerman(Paused)

/** Without a provider nothing happens but a note in the console. */
export const WithoutProvider: Story<Args> = { args: { open: false }, parameters: { provider: false } }
