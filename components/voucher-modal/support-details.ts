import type { Localize } from '../shared/localize.ts'
import { plain } from '../shared/plain.ts'
import type { DeviceView } from '../shared/wire.ts'
import type { Refused } from './redemption.ts'
import type { VoucherText } from './voucher-modal.texts.ts'

/** What support needs to know of a refusal; of the code only the last four signs, as it may still be good. */
export function supportDetails(words: Localize<VoucherText>, device: DeviceView | null, deviceId: string, code: string, { problem, at }: Refused): string {
  const lines = words.text('voucher.details', {
    name: plain(device?.name ?? '–'), id: plain(deviceId), serial: plain(device?.serial ?? '–'), outcome: plain(problem.code),
    last4: code.slice(-4), time: new Date(at).toISOString(),
  })
  return problem.instance === undefined ? lines : `${lines}\n${words.text('voucher.details-instance', { instance: plain(problem.instance) })}`
}
