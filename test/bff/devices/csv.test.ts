import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { RowsError } from '../../../bff/http/faults.ts'
import { decodeUtf8, type CsvRecord } from '../../../bff/http/rows.ts'
import { readCsv } from '../../../bff/node/index.ts'

/** Sends a text in pieces of so many signs. */
async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function read(text: string, size = text.length + 1): Promise<CsvRecord[]> {
  const records: CsvRecord[] = []
  for await (const record of readCsv(pieces(text, size))) records.push(record)
  return records
}

/** Records as `line: field|field`. */
function written(records: readonly CsvRecord[]): string[] {
  return records.map(({ line, fields }) => `${line}: ${fields.join('|')}`)
}

const files: [name: string, text: string, records: string[]][] = [
  ['line feeds', 'a,b\n1,2\n3,4\n', ['1: a|b', '2: 1|2', '3: 3|4']],
  ['without a last line end', 'a,b\n1,2', ['1: a|b', '2: 1|2']],
  ['carriage returns and line feeds', 'a,b\r\n1,2\r\n3,4\r\n', ['1: a|b', '2: 1|2', '3: 3|4']],
  ['carriage returns alone', 'a,b\r1,2\r3,4\r', ['1: a|b', '2: 1|2', '3: 3|4']],
  ['line ends of two kinds', 'a,b\n1,2\r\n3,4\n5,6\r\n', ['1: a|b', '2: 1|2', '3: 3|4', '4: 5|6']],
  ['line ends of two kinds, the longer first', 'a,b\r\n1,2\n3,4\r\n', ['1: a|b', '2: 1|2', '3: 3|4']],
  ['semicolons', 'a;b\n1;2,5\n', ['1: a|b', '2: 1|2,5']],
  ['tabs', 'a\tb\tc\n1\t\t3\n', ['1: a|b|c', '2: 1||3']],
  ['a byte-order mark', '\ufeffa,b\n1,2\n', ['1: a|b', '2: 1|2']],
  ['quotes', '"a","b"\n"1,5","x ""y"" z"\n', ['1: a|b', '2: 1,5|x "y" z']],
  ['quotes after a space', 'a, b\n1, "2"\n "3" ,4\n', ['1: a|b', '2: 1|2', '3: 3|4']],
  ['line breaks in quotes', 'a,b\n"x\ny",2\n3,4\n"p\n\nq",5\n6,7\n', ['1: a|b', '2: x\ny|2', '4: 3|4', '5: p\n\nq|5', '8: 6|7']],
  ['line breaks of two signs in quotes', 'a,b\r\n"x\r\ny",2\r\n3,4\r\n', ['1: a|b', '2: x\r\ny|2', '4: 3|4']],
  ['carriage returns alone in quotes', 'a,b\n"x\ry\r\rz",2\n3,4\n', ['1: a|b', '2: x\ry\r\rz|2', '6: 3|4']],
  ['line breaks in the quotes of the first line', '"a\nx",b\n1,2\n', ['1: a\nx|b', '3: 1|2']],
  ['empty lines', '\na,b\n\n1,2\n   \n\n3,4\n\n', ['2: a|b', '4: 1|2', '7: 3|4']],
  ['empty fields', 'a,b\n,\n"",""\n,2', ['1: a|b', '2: |', '3: |', '4: |2']],
  ['lines of another length', 'a,b\n1\n1,2,3\n', ['1: a|b', '2: 1', '3: 1|2|3']],
  ['nothing', '', []],
  ['empty lines alone', '\n\r\n\n', []],
]

const broken: [name: string, text: string, line: number, reason: RegExp][] = [
  ['a quote that is not closed', 'a,b\n1,2\n3,"4\n5,6\n7,8\n', 3, /quote is not closed/],
  ['a quote that is not closed after line breaks in quotes', 'a,b\n"x\n\ny",2\n3,"4\n5,6\n', 5, /quote is not closed/],
  ['a quote that is not closed in the first line', '"a,b\n1,2\n', 1, /quote is not closed/],
  ['a quote in the middle of a field', 'a,b\n1,2\n3,x"y\n5,6\n', 3, /in the middle of a field/],
  ['signs after a quote', 'a,b\n1,2\n3,"x"y\n', 3, /in the middle of a field/],
  ['a field of 70,000 signs', `a,b\n1,${'x'.repeat(70_000)}\n2,3\n`, 2, /longer than 65536 signs/],
  ['a quote that is not closed in a long file', `a,b\n1,2\n3,"4${'\n5,6'.repeat(30_000)}`, 3, /is a quote not closed/],
]

suite('a CSV file', () => {
  for (const [name, text, records] of files) {
    test(`with ${name} is read, each record with its line, in pieces of any size`, async () => {
      for (const size of [1, 2, 3, 7, text.length + 1]) assert.deepEqual(written(await read(text, size)), records, `in pieces of ${size}`)
    })
  }

  for (const [name, text, line, reason] of broken) {
    test(`with ${name} is refused where it begins, and not repeated`, async () => {
      for (const size of text.length > 1_000 ? [text.length] : [1, 3, text.length]) {
        await assert.rejects(read(text, size), (error) => {
          assert.ok(error instanceof RowsError, String(error))
          assert.deepEqual(error.faults.map((fault) => [fault.line, fault.column]), [[line, '']])
          assert.match(error.faults[0]?.reason ?? '', reason)
          return true
        })
      }
    })
  }

  test('that breaks off in the middle of reading breaks off with the same error', async () => {
    const gone = new Error('gone')
    async function* text(): AsyncGenerator<string> {
      yield 'a,b\n1,2\n'
      throw gone
    }
    await assert.rejects(async () => { for await (const _ of readCsv(text())); }, gone)
  })

  test('that is no UTF-8 is refused with its line, where it is read in pieces', async () => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b\n1,2\n3,\xe4'.slice(0, -1), 'latin1')
      yield Buffer.from([0xe4, 0x0a])
    }
    await assert.rejects(async () => { for await (const _ of decodeUtf8(bytes())); }, (error) => error instanceof RowsError && error.faults[0]?.line === 3)
  })

  test('in UTF-8 may be cut in the middle of a sign', async () => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      for (const byte of Buffer.from('ä,€,👩‍🔧\n')) yield Buffer.from([byte])
    }
    let text = ''
    for await (const part of decodeUtf8(bytes())) text += part
    assert.equal(text, 'ä,€,👩‍🔧\n')
  })
})
