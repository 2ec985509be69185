/** Runs before the first paint, so that nobody sees a flash of the wrong theme. */
import { applySettings, readSettings } from './settings.ts'

applySettings(readSettings())
