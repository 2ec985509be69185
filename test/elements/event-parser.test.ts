import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { eventParser, type StreamEvent } from '../../components/shared/event-parser.ts'

function ours(pieces: readonly string[]): StreamEvent[] {
  const events: StreamEvent[] = []
  const parse = eventParser((event) => { events.push(event) })
  for (const piece of pieces) parse(piece)
  return events
}

/** What a well-known parser makes of the same. */
function theirs(pieces: readonly string[]): StreamEvent[] {
  const events: StreamEvent[] = []
  const parser = createParser({ onEvent: ({ id, event, data }) => { events.push({ id, event, data }) } })
  for (const piece of pieces) parser.feed(piece)
  return events
}

function cut(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length))
}

suite('the parser of event streams', () => {
  test('reads what the BFF sends, wherever it is cut', () => {
    const text = ': still here\n\nid: 7\nevent: hello\ndata: {"now":"ü"}\n\nid: 8\nevent: license-changed\ndata: {"deviceId":null}\n\n'
    const events = [{ id: '7', event: 'hello', data: '{"now":"ü"}' }, { id: '8', event: 'license-changed', data: '{"deviceId":null}' }]
    assert.deepEqual(ours([text]), events)
    assert.deepEqual(ours([...text]), events)
    assert.deepEqual(ours([text.slice(0, -1)]), events.slice(0, 1))
  })

  test('reads every stream as a well-known one does', () => {
    const line = fc.oneof(
      fc.constantFrom('', '', ': comment', ':', 'data', 'data:', 'data:  two', 'event', 'other: field'),
      fc.tuple(fc.constantFrom('data', 'event', 'id'), fc.constantFrom(': ', ':'), fc.stringMatching(/^[a-zA-Z0-9 :{}"]{1,12}$/)).map((parts) => parts.join('')),
    )
    const stream = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')).map((parts) => parts.join(''))).map((lines) => lines.join(''))
    fc.assert(fc.property(stream, fc.array(fc.nat(200)), (text, at) => {
      const pieces = cut(`${text}\n\n`, at)
      const named = (events: StreamEvent[]): StreamEvent[] => events.map((event) => ({ ...event, event: event.event === '' ? undefined : event.event }))
      assert.deepEqual(named(ours(pieces)), named(theirs([pieces.join('')])))
    }), { numRuns: 2_000 })
  })

  test('keeps no line that never ends', () => {
    const parse = eventParser(() => {})
    assert.throws(() => { for (let count = 0; count < 100; count += 1) parse('x'.repeat(1_000)) }, RangeError)
  })
})
