// A page in React as a host would write it, right and wrong: the compiler reads it, and nothing runs it.
import type { LicenseGate, LicenseView, VoucherModal } from 'license-elements'
import type {} from 'license-elements/jsx'
import { type ReactElement, type ReactNode, useRef } from 'react'

export function Right({ license, children }: { license: LicenseView; children: ReactNode }): ReactElement {
  const dialog = useRef<VoucherModal>(null)
  return (
    <license-provider base-url="https://licenses.example" locale={null} getToken={async () => 'token'} className="page"
      onlicense-navigate={(event) => { event.preventDefault(); location.assign(event.href) }}
      onlicense-error={({ problem, currentTarget }) => { console.log(problem.code, currentTarget.baseUrl) }}>
      <license-badge key="pump" device-id="pump-north" linked />
      <license-badge license={license} compact={false} title="Pump" />
      <license-gate deviceId="pump-north" feature="export" onlicense-undo-request={({ deviceId }) => { console.log(deviceId.length) }}>
        <p slot="pending">Wait</p>{children}
      </license-gate>
      <voucher-modal ref={dialog} device-id="pump-north" onclose={({ currentTarget }) => { currentTarget.show() }} />
      <contact-sales-modal deviceIds={['pump-north']} wanted-date="2026-11-25" open />
      <license-alerts onlicense-alerts-changed={({ expired, expiring, grace }) => { console.log(expired + expiring + grace) }} />
      <license-notifications />
    </license-provider>
  )
}

export const wrong = [
  // @ts-expect-error There is no such attribute.
  <license-badge linkt />,
  // @ts-expect-error Not text.
  <license-badge device-id={7} />,
  // @ts-expect-error Not a licence.
  <license-badge license={{ status: 'active' }} />,
  // @ts-expect-error Not a date as text.
  <contact-sales-modal wanted-date={new Date()} />,
  // @ts-expect-error Another event has counts.
  <license-badge onlicense-navigate={(event) => { console.log(event.expired) }} />,
  // @ts-expect-error Not the event of a click.
  <license-provider onlicense-changed={(event: MouseEvent) => { console.log(event.button) }} />,
  // @ts-expect-error The gate says that itself.
  <license-gate open />,
  // @ts-expect-error Not so registered.
  <license-bagde />,
]

export const gate: LicenseGate['state'][] = ['pending', 'open', 'closed']

// What bubbles is heard on the document and the window too.
document.addEventListener('license-navigate', (event) => { history.pushState(null, '', event.href) })
window.addEventListener('license-changed', ({ deviceId, license }) => { console.log(deviceId.length, license.status) })
// @ts-expect-error Another event has counts.
document.addEventListener('license-navigate', (event) => { console.log(event.expired) })
