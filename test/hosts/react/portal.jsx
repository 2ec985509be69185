import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'

// README: begin
import 'license-elements'

// Your server's own route: it asks the BFF for a session of whoever is signed in (see "From an empty database to a licence").
const getToken = async () => (await (await fetch('/session', { method: 'POST' })).json()).token

export const Licenses = ({ children, navigate }) => (
  <license-provider base-url={LICENSES} getToken={getToken}
    onlicense-navigate={(event) => { event.preventDefault(); navigate(new URL(event.href).pathname) }}>
    {children}
  </license-provider>
)
// README: end

const DEVICES = [{ id: 'pump-north', name: 'Pump north' }, { id: 'pump-south', name: 'Pump south' }]

/** A portal with two pages and a router of its own. */
function Portal() {
  const [path, setPath] = useState(location.pathname)
  const navigate = (to) => {
    history.pushState(null, '', to)
    setPath(to)
  }
  const device = DEVICES.find(({ id }) => path === `/devices/${id}`)
  return (
    <Licenses navigate={navigate}>
      {device === undefined
        ? <main><h1>Devices</h1><ul>{DEVICES.map(({ id, name }) => <li key={id}>{name} <license-badge device-id={id} linked /></li>)}</ul></main>
        : <main>
            <h1>{device.name} <license-badge device-id={device.id} /></h1>
            <button onClick={() => { navigate('/') }}>All devices</button>
            <license-tab device-id={device.id} />
          </main>}
    </Licenses>
  )
}

createRoot(document.querySelector('#root')).render(<StrictMode><Portal /></StrictMode>)
