import { assetsPage, devicePage, sidebarPage } from './pages/pages.ts'
import { BOOK, voucherBook } from './pages/voucher-book.ts'
import { reminded } from './reminded.ts'
import { LEGACY } from './samples.legacy.ts'
import { SAMPLES } from './samples.ts'
import type { Meta, Story } from './story.ts'
import type { WorldDevice, WorldSpec } from './world.ts'

interface Args {
  deviceId: string
}

const { active, expired, expiring, expiringTomorrow, grace, lastDay, none, redeemed, trial } = SAMPLES

/** What ends first, first. */
const ASSETS: readonly WorldDevice[] = [expired, lastDay, expiringTomorrow, expiring, grace, trial, active, redeemed, LEGACY.eligible, LEGACY.claimedByOther, none]

const meta: Meta<Args> = {
  title: 'Pages',
  args: { deviceId: expiring.id },
  argTypes: { deviceId: { control: 'select', options: ASSETS.map(({ id }) => id) } },
  parameters: { world: { devices: ASSETS }, docs: { story: { inline: false, height: '720px' } } },
}
export default meta

function deviceOf({ deviceId }: Args): WorldDevice {
  return ASSETS.find(({ id }) => id === deviceId) ?? expiring
}

/** A portal's list of devices: the bell, the warnings with the grace period of devices of the old platform, and badges. */
export const AssetsPage: Story<Args> = {
  ...reminded(ASSETS, { reminders: true }, 3),
  render: () => assetsPage(ASSETS),
}

/** A portal's page of one device. */
export const DevicePage: Story<Args> = { render: (args) => devicePage(deviceOf(args)) }

/** Badge and License tab where a page has 280 px for them. */
export const Sidebar280: Story<Args> = { name: 'In a sidebar of 280 px', render: (args) => sidebarPage(deviceOf(args)) }

const BOOK_WORLD: WorldSpec = { devices: ASSETS, vouchers: BOOK }

/** Codes that work: redeem one, see the badge change, and let the license end. */
export const VoucherBook: Story<Args> = {
  parameters: { world: BOOK_WORLD },
  render: (args, { world }) => voucherBook(world, BOOK_WORLD, deviceOf(args)),
}
