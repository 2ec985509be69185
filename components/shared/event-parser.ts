/** An event of a stream; `id` and `event` are undefined where it has none. */
export interface StreamEvent {
  id: string | undefined
  event: string | undefined
  data: string
}

/** Characters that one line may have. */
const LONGEST = 65_536

/** Makes a function that takes a stream's text piece by piece and tells its events (HTML, "Interpreting an event stream"). */
export function eventParser(onEvent: (event: StreamEvent) => void): (text: string) => void {
  let rest = ''
  let fields: Record<string, string> = {}
  return (text) => {
    // A carriage return at the end may be half of a line break.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST) throw new RangeError('no stream of events')
    for (const line of lines) {
      if (line === '') {
        const { id, event, data } = fields
        fields = {}
        if (data !== undefined) onEvent({ id, event, data })
      } else {
        const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
        fields[name] = name === 'data' && fields[name] !== undefined ? `${fields[name]}\n${value}` : value
      }
    }
  }
}
