import { createContext } from '@lit/context'
import type { LicenseStore } from './store.ts'

/** Under this key elements find the store of the `<license-provider>` around them, also one of another bundle. */
export const storeContext = createContext<LicenseStore>(Symbol.for('license-elements.store'))
