import ICAL from 'ical.js'
import type { Answered, As } from '../engines.ts'
import type { Desk } from '../vouchers/desk.ts'

/** What a calendar program makes of one entry. */
export interface Entry {
  uid: string
  sequence: number
  summary: string
  description: string
  url: string | null
  isDate: boolean
  /** First and last day, the latter exclusive. */
  days: [from: string, to: string]
  /** Local times at which it rings. */
  rings: string[]
  modified: string
  stamp: string
}

function textOf(component: ICAL.Component, name: string): string {
  return String(component.getFirstPropertyValue(name) ?? '')
}

function entryOf(component: ICAL.Component): Entry {
  const { uid, sequence, summary, description, startDate, endDate } = new ICAL.Event(component)
  const rings = component.getAllSubcomponents('valarm').map((alarm) => {
    const at = startDate.clone()
    at.isDate = false
    at.addDuration(alarm.getFirstPropertyValue('trigger') as ICAL.Duration)
    return at.toString()
  })
  return {
    uid, sequence: Number(sequence), summary, description, url: component.getFirstPropertyValue('url') as string | null, isDate: startDate.isDate,
    days: [startDate.toString(), endDate.toString()], rings, modified: textOf(component, 'last-modified'), stamp: textOf(component, 'dtstamp'),
  }
}

/** Reads a calendar as an independent parser does; throws what that refuses. */
export function readCalendar(text: string): { entries: Entry[]; calendar: ICAL.Component } {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  return { entries: calendar.getAllSubcomponents('vevent').map(entryOf), calendar }
}

/** A new link as an admin is told of it. */
export interface Link {
  id: string
  url: string
  deviceId: string | null
  createdAt: string
}

/** Makes a link for calendar programs. */
export function makeLink(desk: Desk, body: { deviceId?: string } = {}, as: As = desk.admin, headers: Record<string, string> = {}): Promise<Answered<Link & { code: string; ids: string[] }>> {
  return desk.world.ask(as, 'POST', '/v1/calendar-links', body, headers)
}

/** The address of a new link, without its origin. */
export async function newPath(desk: Desk, body: { deviceId?: string } = {}): Promise<string> {
  return new URL((await makeLink(desk, body)).body.url).pathname
}

/** What a program that signs in nowhere is answered. */
export function fetchCalendar({ world }: Desk, path: string, headers: Record<string, string> = {}): Promise<Answered<string>> {
  return world.ask<string>(null, 'GET', path, undefined, headers)
}

/** The entries behind an address. */
export async function entriesAt(desk: Desk, path: string): Promise<Entry[]> {
  return readCalendar((await fetchCalendar(desk, path)).body).entries
}
