/** How far somebody has come with adding a device. */
export interface Draft {
  serial: string
  model: string
  name: string
  /** The device, once it is added. */
  deviceId: string | null
}

/** Nothing yet. */
export const EMPTY: Draft = { serial: '', model: '', name: '', deviceId: null }

function keyOf(workspaceId: string): string {
  return `license-elements.wizard.${workspaceId}`
}

/** What was begun in this tab of the browser, in a workspace. */
export function loadDraft(workspaceId: string): Draft {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(workspaceId)) ?? 'null')
    return isDraft(stored) ? stored : EMPTY
  } catch {
    // Nothing can be stored here, or something else has written there.
    return EMPTY
  }
}

/** Keeps it as long as the tab is open; what is empty is forgotten. */
export function saveDraft(workspaceId: string, draft: Draft): void {
  try {
    if (draft.serial + draft.model + draft.name === '' && draft.deviceId === null) sessionStorage.removeItem(keyOf(workspaceId))
    else sessionStorage.setItem(keyOf(workspaceId), JSON.stringify(draft))
  } catch {
    // Then it is kept until the page is left.
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const { serial, model, name, deviceId } = value as Partial<Draft>
  return [serial, model, name].every((text) => typeof text === 'string') && (deviceId === null || typeof deviceId === 'string')
}
