import { Command } from 'commander'
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { suite, test } from 'node:test'
import { makeProgram } from '../../bff/cli/program.ts'
import { VERSION } from '../../bff/version.ts'
import { call, done, fails, folder } from './program.ts'

/** Calls that are wrong, and the one line that says so. */
const WRONG: [args: string, line: string][] = [
  ['', 'say what to do; --help lists the commands'],
  ['vouchers', 'say what to do; --help lists the commands'],
  ['sevre', `unknown command 'sevre' (Did you mean serve?)`],
  ['keys make', `unknown command 'make'; --help tells more`],
  ['serve --prot 1', `unknown option '--prot' (Did you mean --port?)`],
  ['serve now', `too many arguments for 'serve'. Expected 0 arguments but got 1…`],
  ['serve --port 65536', '--port is no port from 0 to 65535'],
  ['serve --port http', '--port is no port from 0 to 65535'],
  ['serve --host [::1]', '--host is no host name and no address such as 127.0.0.1 or ::1'],
  ['serve --db', `option '--db <address>' argument missing; --help tells more`],
  ['serve --db ./license.db', '--db is neither sqlite:./license.db nor postgres://user@host:5432/database'],
  ['serve --db sqlite:', '--db is neither sqlite:./license.db nor postgres://user@host:5432/database'],
  ['serve --db sqlite::memory:', '--db is neither sqlite:./license.db nor postgres://user@host:5432/database'],
  ['serve --db sqlite://license.db', '--db is neither sqlite:./license.db nor postgres://user@host:5432/database'],
  ['serve --db mysql://localhost/license', '--db is neither sqlite:./license.db nor postgres://user@host:5432/database'],
  ['serve --db mysql://localhost/license --port x', '--db is neither …; --port is no port from 0 to 65535'],
  ['workspaces create --zone UTC', `missing required argument 'id'; --help tells more`],
  ['workspaces create acme', `required option '--zone <zone>' not specified; --help tells more`],
  ['workspaces create acme --zone Berlin', 'Berlin is no IANA time zone such as Europe/Berlin'],
  ['workspaces create acme --zone +01:00', '+01:00 is no IANA time zone such as Europe/Berlin'],
  ['workspaces create a%20b --zone UTC', 'a b is no id: 1 to 64 signs without spaces'],
  ['workspaces create acme --zone UTC --name %20', '--name needs 1 to 200 signs'],
  ['workspaces set-zone acme', `missing required argument 'zone'; --help tells more`],
  ['workspaces set-zone acme Mars/Base', 'Mars/Base is no IANA time zone such as Europe/Berlin'],
  ['keys create', `required option '--role <role>' not specified; --help tells more`],
  ['keys create --role owner', `option '--role <role>' argument 'owner' is invalid. Allowed choices are viewer, member, admin, vendor, host, gateway.`],
  ['keys create --role member', 'a key of role member needs --workspace'],
  ['keys create --role host --workspace acme', 'a key of role host belongs to no workspace; leave --workspace out'],
  ['keys revoke', `missing required argument 'id'; --help tells more`],
  ['vouchers issue --days 365', `required option '--count <n>' not specified; --help tells more`],
  ['vouchers issue --count 0 --days 365', `option '--count <n>' argument '0' is invalid. It is no whole number from 1 to 100000.`],
  ['vouchers issue --count 100001 --days 365', `option '--count <n>' argument '100001' is invalid. It is no whole number from 1 to 100000.`],
  ['vouchers issue --count 1.5 --days 365', `option '--count <n>' argument '1.5' is invalid. It is no whole number from 1 to 100000.`],
  ['vouchers issue --count 1 --days -1', `option '--days <n>' argument…`],
  ['vouchers issue --count 1 --days 36501', '--days is more than 36500'],
  ['vouchers issue --count 1 --days 1 --max-devices 100001', '--max-devices is more than 100000'],
  ['vouchers issue --count 1 --days 1 --model A|B', '--model a model holds no |'],
  ['vouchers issue --count 1 --days 1 --not-before tomorrow', '--not-before is no instant such as 2026-11-21T09:30:00Z'],
  ['vouchers issue --count 1 --days 1 --not-before 2026-11-21T09:30:00Z --redeem-by 2026-11-21T09:30:00Z', '--redeem-by is not after notBefore'],
  ...['toolong', 'ABC', '7KDR-Q4MX-T9E8-KQF2-3WRH', '3WR-', '%20'].map((last4): [string, string] => [
    `vouchers list --last4 ${last4}`, '--last4 takes the last four letters and digits of a code',
  ]),
  ['vouchers revoke', 'vouchers revoke needs either ids or --batch'],
  ['vouchers revoke 1 --batch 2', 'vouchers revoke needs either ids or --batch'],
  ['vouchers import', `missing required argument 'file'; --help tells more`],
  ['devices list --status fresh', `option '--status <status>' argument 'fresh' is invalid. Allowed choices are none, active, expiring, grace, expired.`],
  ['reminders', 'say what to do; --help lists the commands'],
  ['reminders run --at 2026-11-21', '--at is no instant such as 2026-11-21T09:30:00Z'],
  ['reminders run --at 2026-11-21T09:30:00 --dry-run', '--at is no instant such as 2026-11-21T09:30:00Z'],
  ['reminders run --at 9999-11-21T09:30:00Z', '--at is in the future, and people would be told too early; add --dry-run to see what they would be told'],
  ['reminders preview --at now', '--at is no instant such as 2026-11-21T09:30:00Z'],
  ['reminders preview --locale fr', `option '--locale <language>' argument 'fr' is invalid. Allowed choices are en, de.`],
  ['devices import a.csv b.csv', `too many arguments for 'import'. Expected 1 argument but got 2…`],
]

suite('a wrong call', { concurrency: 4 }, () => {
  const cwd = folder()
  for (const [args, line] of WRONG) {
    const words = args.split(' ').filter((word) => word !== '').map((word) => word.replaceAll('%20', ' '))
    test(`exits with 2: license-bff ${args}`, () => fails(words, { cwd }, 2, line))
  }

  test('shows where, if asked to', async () => {
    const said = await call(['serve', '--db', 'x'], { cwd, env: { LICENSE_DEBUG: '1' } })
    assert.match(said.err, /^license-bff: --db is neither [^\n]+\n[^]*\n {4}at /)
  })

  test('leaves nothing behind', () => { assert.deepEqual(readdirSync(cwd), []) })
})

suite('help', () => {
  const cwd = folder()

  test('is printed by the program, as is the version', async () => {
    assert.match(await done(['vouchers', 'issue', '--help'], { cwd }), /^Usage: license-bff vouchers issue \[options\]\n/)
    assert.equal(await done(['--version'], { cwd }), VERSION)
  })

  const commands = [...withChildren(makeProgram())]
  test('is there for every command of the interface', () => {
    assert.deepEqual(commands.map(pathOf).slice(1), [
      'serve', 'demo', 'migrate', 'doctor', 'workspaces', 'workspaces create', 'workspaces set-zone', 'workspaces list', 'keys', 'keys create',
      'keys list', 'keys revoke', 'vouchers', 'vouchers issue', 'vouchers list', 'vouchers revoke', 'vouchers import', 'devices', 'devices import',
      'devices list', 'devices export', 'grants', 'grants import', 'legacy', 'legacy import', 'reminders', 'reminders run', 'reminders preview',
    ])
  })
  for (const command of commands) {
    test(`describes license-bff ${pathOf(command)}, its arguments and its flags`, () => {
      const help = command.helpInformation()
      for (const flag of ['--db', '--policy', '--json']) assert.ok(help.includes(flag), flag)
      const described = [command, ...command.options, ...command.registeredArguments].map((one) => (one instanceof Command ? one.description() : one.description))
      assert.ok(described.every((text) => text.length > 0), described.join('|'))
    })
  }
})

function* withChildren(command: Command): Generator<Command> {
  yield command
  for (const child of command.commands) yield* withChildren(child)
}

function pathOf(command: Command): string {
  const above = command.parent === null ? '' : pathOf(command.parent)
  return command.parent === null ? '' : `${above} ${command.name()}`.trim()
}
