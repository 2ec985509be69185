/** A server process of its own for races: it takes a list of requests a line, sends them all at once, and prints what came.
 * With `oneByOne` it sends four at a time and prints each as soon as it is answered. */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createBff, Keyring, policyOf } from '../../../bff/index.ts'
import { openPostgres, openSqlite } from '../../../bff/node/index.ts'

/** What a racer is started with. */
export interface RacerSetup {
  address: string
  secret: string
  now: number
}

/** Redeeming a code on a device as a member of a workspace. */
export interface Redemption {
  workspace: string
  device: string
  code: string
  key?: string
  /** Something else that needs no body, such as `/v1/grace`; device and code are of no matter then. */
  path?: string
}

/** What came of it: status, the problem's code or the outcome, and the grant. */
export interface Came {
  code: string
  status: number
  said: string
  grant: string | null
  /** Graces that a press for all started. */
  started?: number
}

/** Limits that races never reach. */
export const UNLIMITED = { attempts: { person: 1_000_000, workspace: 1_000_000 } }

/** Sends one request to a BFF and reads what came. */
export async function send(fetch: (request: Request) => Promise<Response>, { workspace, device, code, key, path }: Redemption): Promise<Came> {
  const response = await fetch(new Request(`http://bff.test${path ?? `/v1/devices/${device}/voucher`}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json', 'x-test-as': JSON.stringify({ subject: `${workspace} racer`, roles: ['member'], workspace }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(path === undefined ? { code } : {}),
  }))
  const body = await response.json() as { code?: string; outcome?: string; started?: number; grant?: { id: string } }
  return { code, status: response.status, said: body.code ?? body.outcome ?? '', grant: body.grant?.id ?? null, ...(body.started === undefined ? {} : { started: body.started }) }
}

async function run({ address, secret, now }: RacerSetup): Promise<void> {
  const database = address.startsWith('postgres') ? openPostgres(address) : openSqlite(address)
  const bff = createBff({
    database, keyring: new Keyring([Buffer.from(secret, 'base64')]), policy: policyOf(UNLIMITED), now: () => now,
    authenticate: (request) => JSON.parse(request.headers.get('x-test-as') ?? '') as never, onError: (_instance, error) => { console.error(error) },
  })
  const print = (value: unknown): void => { writeSync(1, `${JSON.stringify(value)}\n`) }
  await bff.fetch(new Request('http://bff.test/readyz'))
  print('ready')
  for await (const line of createInterface(process.stdin)) {
    const { all, oneByOne = [] } = JSON.parse(line) as { all?: Redemption[]; oneByOne?: Redemption[] }
    if (all !== undefined) print(await Promise.all(all.map((one) => send(bff.fetch, one))))
    const left = oneByOne.values()
    await Promise.all(Array.from({ length: 4 }, async () => {
      for (const one of left) print(await send(bff.fetch, one))
    }))
  }
  await database.close()
}

if (import.meta.main) await run(JSON.parse(process.argv[2] ?? '') as RacerSetup)
