import { html } from 'lit'
import type { ContactSalesModal } from '../components/index.ts'
import { answered, IN_FRAME, providerIn } from './dialogs.ts'
import { ALL_SAMPLES, fleet, SAMPLES } from './samples.ts'
import type { Meta, Story } from './story.ts'

interface Args {
  deviceId: string
  deviceIds: readonly string[]
  wantedDate: string
  open: boolean
}

const meta: Meta<Args> = {
  title: 'Contact sales modal',
  component: 'contact-sales-modal',
  args: { deviceId: '', deviceIds: [], wantedDate: '', open: true },
  parameters: { world: { devices: ALL_SAMPLES }, ...IN_FRAME },
  render: ({ deviceId, deviceIds, wantedDate, open }) => html`<button type="button" @click=${show}>Contact sales</button>
    <contact-sales-modal device-id=${deviceId} .deviceIds=${deviceIds} wanted-date=${wantedDate} ?open=${open}></contact-sales-modal>`,
}
export default meta

function show({ currentTarget }: Event): void {
  ((currentTarget as HTMLElement).nextElementSibling as ContactSalesModal).show()
}

const MANY = fleet(25)

export const NoDevice: Story<Args> = {}
export const OneDevice: Story<Args> = { args: { deviceId: SAMPLES.expiring.id } }
export const ThreeDevices: Story<Args> = { args: { deviceIds: [SAMPLES.expiring.id, SAMPLES.expired.id, SAMPLES.none.id] } }
/** More than a mail should name: it counts them, and the list can be copied or saved. */
export const ManyDevices: Story<Args> = { args: { deviceIds: MANY.map(({ id }) => id) }, parameters: { world: { devices: MANY } } }
export const WantedDate: Story<Args> = { args: { deviceId: SAMPLES.expiring.id, wantedDate: '2026-12-24' } }

/** A card with everything on it. */
export const WholeCard: Story<Args> = {
  ...OneDevice,
  parameters: { world: { contact: { sales: {
    name: 'Velthorn Sales, Ms Anneliese Kowalczyk-Brandenburger', email: 'anneliese.kowalczyk-brandenburger@sales.velthorn.example',
    phone: '+49 (0)30 23125-014', hours: 'Mon–Fri, 8:00–17:00, Berlin time', url: 'https://velthorn.example/licenses/vouchers',
  } } } },
}
/** Sales can only be called. */
export const PhoneOnly: Story<Args> = { ...ThreeDevices, parameters: { world: { contact: { sales: { phone: '+49 30 23125 014' } } } } }
/** No sales contact is stored: support is shown. */
export const NoSales: Story<Args> = { ...OneDevice, parameters: { world: { contact: { sales: {} } } } }
export const NobodyStored: Story<Args> = { ...OneDevice, parameters: { world: { contact: { sales: {}, support: {} } } } }
export const UnknownDevice: Story<Args> = { args: { deviceId: 'nowhere' } }

export const Loading: Story<Args> = { ...OneDevice, parameters: { world: { network: 'loading' } } }
export const Failed: Story<Args> = { ...OneDevice, parameters: { world: { network: 'down' } } }
/** Only the devices are missing. */
export const DevicesFailed: Story<Args> = {
  args: { ...OneDevice.args, open: false },
  play: async ({ world, canvasElement }) => {
    await answered(canvasElement)
    world.network = 'error'
    canvasElement.querySelector('contact-sales-modal')?.show()
    await answered(canvasElement)
  },
}

/** Names with markup, marks that turn the direction of writing, and formulas: all inert. */
export const StrangeNames: Story<Args> = {
  args: { deviceIds: ['strange', 'formula'] },
  parameters: { world: { devices: [
    { id: 'strange', name: '<b>Pump</b> \u202egnp.exe & Co', serial: 'SN-1' }, { id: 'formula', name: '=HYPERLINK("https://evil.example")', serial: '+1234' },
  ] } },
}

export const German: Story<Args> = {
  ...ThreeDevices,
  play: async ({ canvasElement }) => {
    providerIn(canvasElement).locale = 'de'
    await answered(canvasElement)
  },
}
export const GermanManyDevices: Story<Args> = { ...ManyDevices, ...(German.play === undefined ? {} : { play: German.play }) }
