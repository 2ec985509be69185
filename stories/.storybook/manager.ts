import { createElement, type ChangeEvent, type ReactElement } from 'react'
import { addons, types, useGlobals } from 'storybook/manager-api'

const ID = 'license-date'

/** A field of the toolbar that puts the clock to any date. */
function DateField(): ReactElement {
  const [{ clock }, update] = useGlobals()
  const value = /^\d{4}-\d\d-\d\d$/.test(String(clock)) ? String(clock) : ''
  return createElement('input', {
    type: 'date', value, 'aria-label': 'Clock: any date', title: 'Clock: any date', style: { font: 'inherit', height: 28, marginInline: 4 },
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => { update({ clock: target.value === '' ? 'today' : target.value }) },
  })
}

addons.register(ID, () => {
  addons.add(ID, { type: types.TOOL, title: 'Clock: any date', match: ({ viewMode }) => viewMode === 'story' || viewMode === 'docs', render: DateField })
})
