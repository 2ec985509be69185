import { Command, Option } from 'commander'
import { ROLES, STATUSES } from '../rules/lists.ts'
import { VERSION } from '../version.ts'
import { several, whole } from './arguments.ts'
import { act } from './context.ts'
import type { DeviceFlags } from './devices.ts'
import type { IssueFlags } from './issue.ts'
import type { KeyFlags, NewKeyFlags } from './keys.ts'
import type { PreviewFlags } from './preview.ts'
import type { RunFlags } from './reminders.ts'
import type { VoucherFlags } from './vouchers.ts'

/** Codes that one call issues at most. */
const MAX_ISSUED = 100_000
/** Whole numbers that have closer limits of their own where they are used. */
const ANY = 999_999_999

/** The program with all its commands. What a command does is loaded when it runs, so that the others start at once. */
export function makeProgram(): Command {
  const program = new Command('license-bff')
    .description('Licences per device: the server, and the work around it.')
    .version(VERSION)
    .option('--db <address>', 'sqlite:./license.db or postgres://user@host:5432/database')
    .option('--policy <file>', 'the policy, a JSON file')
    .option('--json', 'print JSON')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeErr: () => {} })
    .exitOverride()
  addServers(program)
  addWorkspaces(program)
  addKeys(program)
  addVouchers(program)
  addDevices(program)
  addGrants(program)
  addLegacy(program)
  addReminders(program)
  return program
}

function addServers(program: Command): void {
  program.command('serve').description('run the server')
    .option('--host <host>', 'address to listen on (127.0.0.1)').option('--port <port>', 'port to listen on, 0 = any (8787)')
    .action(act(async (context) => (await import('./serve.ts')).serve(context)))
  program.command('demo').description('run the server with a sample workspace, a portal page and a clock that can be moved')
    .option('--host <host>', 'address to listen on (127.0.0.1)').option('--port <port>', 'port to listen on, 0 = any (8787)')
    .action(act(async ({ settings, json }, flags: { db?: string }) => {
      const { runDemo } = await import('./demo/index.ts')
      // Only the flag: a demo must not write into the database that the environment names.
      await runDemo({ host: settings.host, port: settings.port, db: flags.db ?? null, webhookAllow: settings.webhookAllow, json })
    }))
  program.command('migrate').description('bring the database to the schema of this version')
    .action(act(async (context) => (await import('./migrate.ts')).runMigrations(context)))
  program.command('doctor').description('check the invariants of a live database, without changing it')
    .action(act(async (context) => (await import('./doctor.ts')).runDoctor(context)))
}

function addWorkspaces(program: Command): void {
  const workspaces = program.command('workspaces').description('workspaces of customers')
  workspaces.command('create').description('create a workspace').argument('<id>', "the portal's own id of it")
    .requiredOption('--zone <zone>', 'IANA time zone, such as Europe/Berlin').option('--name <name>', 'its name; the id if left out')
    .action(act(async (context, id: string, flags: { zone: string; name?: string }) => (await import('./workspaces.ts')).createWorkspace(context, id, flags)))
  workspaces.command('set-zone').description('move a workspace to another time zone').argument('<id>', 'the workspace')
    .argument('<zone>', 'IANA time zone, such as Europe/Berlin')
    .action(act(async (context, id: string, zone: string) => (await import('./workspaces.ts')).setZone(context, id, zone)))
  workspaces.command('list').description('list the workspaces')
    .action(act(async (context) => (await import('./workspaces.ts')).printWorkspaces(context)))
}

function addKeys(program: Command): void {
  const keys = program.command('keys').description('API keys')
  keys.command('create').description('create an API key; it is printed once')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .option('--workspace <id>', 'the workspace it is for; not for vendor, host and gateway').option('--name <name>', 'what it is for')
    .action(act(async (context, flags: NewKeyFlags) => (await import('./keys.ts')).createKey(context, flags)))
  keys.command('list').description('list the keys, never in clear').option('--workspace <id>', 'only those of this workspace')
    .addOption(new Option('--role <role>', 'only those of this role').choices(ROLES))
    .action(act(async (context, flags: KeyFlags) => (await import('./keys.ts')).printKeys(context, flags)))
  keys.command('revoke').description('revoke a key').argument('<id>', 'its id, as in keys list')
    .action(act(async (context, id: string) => (await import('./keys.ts')).revoke(context, id)))
}

function addVouchers(program: Command): void {
  const vouchers = program.command('vouchers').description('voucher codes')
  vouchers.command('issue').description('issue vouchers; the codes are shown once')
    .requiredOption('--count <n>', 'how many', whole(1, MAX_ISSUED)).requiredOption('--days <n>', 'days that each opens', whole(1, ANY))
    .option('--max-devices <n>', 'devices that each can stand on (1)', whole(1, ANY))
    .option('--model <model>', 'a model that they are for; can stand several times', several)
    .option('--workspace <id>', 'the one workspace that may use them')
    .option('--not-before <instant>', 'redeemable from, such as 2026-11-21T09:30:00Z').option('--redeem-by <instant>', 'redeemable until, exclusive')
    .option('--batch <id>', 'a name for these vouchers').option('--reference <text>', 'your order line').option('--note <text>', 'anything')
    .option('--csv <file>', 'write the codes to a new file that only you can read')
    .action(act(async (context, flags: IssueFlags) => (await import('./issue.ts')).issue(context, flags)))
  vouchers.command('list').description('list vouchers, newest first, never in clear').option('--batch <id>', 'only this batch')
    .option('--reference <text>', 'only this order line').option('--last4 <signs>', 'only codes that end so').option('--workspace <id>', 'only those for this workspace')
    .action(act(async (context, flags: VoucherFlags) => (await import('./vouchers.ts')).printVouchers(context, flags)))
  vouchers.command('revoke').description('revoke vouchers; licences that they opened stay').argument('[id...]', 'their ids, as in vouchers list')
    .option('--batch <id>', 'all of this batch')
    .action(act(async (context, ids: string[], flags: { batch?: string }) => (await import('./vouchers.ts')).revoke(context, ids, flags)))
  vouchers.command('import').description('import vouchers from a CSV file, all or none').argument('<file>', 'columns code, days and those of issue')
    .action(act(async (context, file: string) => (await import('./imports.ts')).importFile(context, 'vouchers', file)))
}

function addDevices(program: Command): void {
  const devices = program.command('devices').description('devices of all workspaces')
  devices.command('import').description('import devices from a CSV file, all or none').argument('<file>', 'columns workspace, serial, model, name, site, id')
    .action(act(async (context, file: string) => (await import('./imports.ts')).importFile(context, 'devices', file)))
  devices.command('list').description('list devices with their licences').option('--workspace <id>', 'only those of this workspace')
    .addOption(new Option('--status <status>', 'only those of this status').choices(STATUSES)).option('--q <text>', 'only those with this in name, serial number or id')
    .action(act(async (context, flags: DeviceFlags) => (await import('./devices.ts')).printDevices(context, flags)))
  devices.command('export').description('print devices as CSV, as devices import reads it').option('--workspace <id>', 'only those of this workspace')
    .action(act(async (context, flags: { workspace?: string }) => (await import('./devices.ts')).exportDevices(context, flags)))
}

function addGrants(program: Command): void {
  program.command('grants').description('licences that were sold before')
    .command('import').description('import licences from a CSV file, all or none').argument('<file>', 'columns workspace, serial, kind, firstDay, lastDay, reference')
    .action(act(async (context, file: string) => (await import('./imports.ts')).importFile(context, 'grants', file)))
}

function addLegacy(program: Command): void {
  program.command('legacy').description("the legacy platform's records: who may have a grace period")
    .command('import').description('import records from a CSV file, all or none').argument('<file>', 'columns account, serial, workspace, site')
    .action(act(async (context, file: string) => (await import('./imports.ts')).importFile(context, 'legacy', file)))
}

function addReminders(program: Command): void {
  const reminders = program.command('reminders').description('reminders of licences that end; serve sends them by itself')
  reminders.command('run').description('do what is due now, once, for systems that prefer cron; --policy must be that of the server')
    .option('--at <instant>', 'as of this instant, such as 2026-11-21T09:30:00Z: not before the last run and, without --dry-run, not in the future')
    .option('--dry-run', 'print what would be decided, and change nothing')
    .action(act(async (context, flags: RunFlags) => (await import('./reminders.ts')).runReminders(context, flags)))
  reminders.command('preview').description('write the mail of a workspace into new files, as it would be sent now, or as a sample')
    .option('--workspace <id>', 'the workspace; the only one if left out').option('--at <instant>', 'as it would be sent then, such as 2026-11-21T09:30:00Z')
    .addOption(new Option('--locale <language>', "its language; the policy's if left out").choices(['en', 'de']))
    .option('--out <place>', 'a directory, or the beginning of the names: preview makes preview.html and preview.txt', 'preview')
    .action(act(async (context, flags: PreviewFlags) => (await import('./preview.ts')).preview(context, flags)))
}
