import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LegacySource } from '../../../bff/index.ts'
import { LegacyAsking } from '../../../bff/legacy/asking.ts'
import { bringLegacy } from '../grace/legacy.ts'
import { onEveryEngine } from '../engines.ts'
import { Desk, fresh } from '../vouchers/desk.ts'
import { askOf, reasonOf, until, visit } from './people.ts'

type RecordsOf = LegacySource['recordsOf']

const PAUSES = { patienceMs: 100, lookMs: 30 }

onEveryEngine('asking a legacy platform', (world) => {
  const recordOf = (desk: Desk, account: string, place = 'W') => ({ account, serial: `SN-${desk.workspace}-pump-1`, workspace: place, site: 'S' })
  /** Asks by a program of its own, with short pauses; answers what ends it. */
  const begin = (recordsOf: RecordsOf, onError: (error: unknown) => void = () => {}): LegacyAsking => {
    const asking = new LegacyAsking({ database: world().database, source: { recordsOf }, now: () => world().now, onError, pauses: PAUSES })
    asking.look()
    return asking
  }

  test('asks again about somebody whose address is verified while the question is under way', async () => {
    const desk = await Desk.open(world())
    const ann = fresh('ann')
    const asked: (string | null)[] = []
    let answer: (() => void) | null = null
    const bff = world().make({}, { legacySource: { recordsOf: async ({ email }) => {
      asked.push(email)
      if (asked.length === 1) await new Promise<void>((resolve) => { answer = resolve })
      return email === null ? [] : [recordOf(desk, email)]
    } } })
    await visit(bff, desk, ann, false)
    await until(() => answer !== null, 'nobody was asked')
    await visit(bff, desk, ann, true)
    ;(answer as (() => void) | null)?.()
    await until(async () => await reasonOf(desk) === 'eligible', 'nobody asked again')
    assert.deepEqual(asked, [null, `${ann}@b.example`])
    await until(async () => await askOf(world(), ann) === undefined, 'it was not ended')
    await bff.close()
  })

  test('waits for no source that never answers, and looks at no signal', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    const [ann, bob] = [fresh('ann'), fresh('bob')]
    for (const [where, who] of [[desk, ann], [other, bob]] as const) await visit(world().bff, where, who)
    const errors: unknown[] = []
    const asking = begin(async ({ subject }) => (subject === ann ? new Promise(() => {}) : [recordOf(other, subject)]), (error) => { errors.push(error) })
    await until(async () => await reasonOf(other) === 'eligible', 'others waited for it')
    await until(() => errors.length > 0, 'it was waited for without end')
    assert.match(String(errors), /did not answer in time/)
    await asking.end()
  })

  test('ends at once, and leaves what was under way to who begins next', async () => {
    const desk = await Desk.open(world())
    const ann = fresh('ann')
    const errors: unknown[] = []
    let signal: AbortSignal | null = null
    const bff = world().make({}, { onError: (_instance, error) => { errors.push(error) }, legacySource: { recordsOf: async (_person, given) => {
      signal = given
      return new Promise(() => {})
    } } })
    await visit(bff, desk, ann)
    await until(() => signal !== null, 'nobody was asked')
    const started = performance.now()
    await bff.close()
    assert.ok(performance.now() - started < 2_000, 'it did not end')
    assert.deepEqual([(signal as AbortSignal | null)?.aborted, errors, (await askOf(world(), ann))?.next_at], [true, [], world().now])
    const next = begin(async ({ subject }) => [recordOf(desk, subject)])
    await until(async () => await reasonOf(desk) === 'eligible', 'who began next did not ask')
    await next.end()
  })

  test('takes over what another server left behind, without anybody coming in', async () => {
    const desk = await Desk.open(world())
    const ann = fresh('ann')
    const asking = begin(async ({ subject }) => [recordOf(desk, subject)])
    await visit(world().bff, desk, ann)
    await until(async () => await reasonOf(desk) === 'eligible', 'it was not taken over')
    await asking.end()
  })

  test('asks about those who were there before anybody could be asked', async () => {
    const desk = await Desk.open(world())
    const ann = fresh('ann')
    await visit(world().bff, desk, ann)
    const bff = world().make({}, { legacySource: { recordsOf: async ({ subject }) => (subject === ann ? [recordOf(desk, ann)] : []) } })
    await until(async () => await reasonOf(desk) === 'eligible', 'she was not asked about')
    await bff.close()
  })

  for (const [lie, records, reason] of [
    ["another's account", (desk, _ann) => [recordOf(desk, fresh('stranger'))], 'claimed-by-other'],
    ['an e-mail address that nobody verified', (desk, ann) => [recordOf(desk, `${ann}@b.example`)], 'claimed-by-other'],
    ['other places of other accounts, too', (desk, ann) => [recordOf(desk, ann), recordOf(desk, fresh('stranger'), 'W2')], 'in-several-workspaces'],
    ['the same a hundred times', (desk, ann) => Array.from({ length: 100 }, () => recordOf(desk, ` ${ann} `)), 'eligible'],
    ['U+0000', (desk, ann) => [{ ...recordOf(desk, ann), site: 'S\0' }], 'not-legacy'],
    ['half a sign', (desk, ann) => [{ ...recordOf(desk, ann), workspace: '\ud800' }], 'not-legacy'],
    ['an account of blanks', (desk, ann) => [recordOf(desk, ann), recordOf(desk, '  ')], 'not-legacy'],
    ['no list', () => ({}) as never, 'not-legacy'],
  ] satisfies [string, (desk: Desk, ann: string) => Awaited<ReturnType<RecordsOf>>, string][]) {
    test(`gains nothing by ${lie}: ${reason}`, async () => {
      const desk = await Desk.open(world())
      const ann = fresh('ann')
      await visit(world().bff, desk, ann, false)
      const errors: unknown[] = []
      const asking = begin(async ({ subject }) => (subject === ann ? records(desk, ann) : []), (error) => { errors.push(error) })
      await until(async () => errors.length > 0 || await askOf(world(), ann) === undefined, 'nobody was asked')
      await asking.end()
      // What is no list of records is asked for again.
      assert.deepEqual([await reasonOf(desk), errors.length], [reason, reason === 'not-legacy' ? 1 : 0])
    })
  }

  test('tells pages of every workspace in which an account is recognised', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    const ann = fresh('ann')
    await visit(world().bff, other, ann, false)
    await bringLegacy(desk, [`${ann}@b.example`, 'pump-1', 'W', 'S'])
    await bringLegacy(other, [`${ann}@b.example`, 'pump-1', 'W', 'S'])
    const seq = async (): Promise<number[]> => (await world().database.db.selectFrom('feeds').select('seq').where('workspace_id', 'in', [desk.workspace, other.workspace]).orderBy('workspace_id').execute()).map((row) => row.seq)
    const before = await seq()
    await visit(world().bff, desk, ann, true)
    assert.deepEqual([await reasonOf(desk), await reasonOf(other)], ['eligible', 'eligible'])
    assert.deepEqual((await seq()).map((one, index) => one > (before[index] ?? 0)), [true, true])
  })
})
