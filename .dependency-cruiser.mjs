/** Who may import whom (CONTRIBUTING.md); test/house/imports.test.ts plants a breach of every rule and sees it caught. */

// Every folder directly under bff/ that is not one of these is a feature; ledger is what features share of a device.
const feature = '^bff/(?!(?:rules|ledger|http|node|db|cli)/)([^/]+)/'
const sql = '\\.sql\\.ts$'
const product = '^(bff|components)/'
const wiring = [
  '^bff/(db|node|cli)/', '^bff/index\\.ts$', '^bff/http/change\\.ts$', '^bff/live/hub\\.ts$', '^bff/legacy/asking\\.ts$', '^bff/reminders/(decide|forget)\\.ts$',
  '^bff/reminders/unsubscribe\\.routes\\.ts$', '^bff/webhooks/(time|sender|delivering)\\.ts$',
]

const rules = {
  'components-take-types': {
    comment: 'Elements take wire types from the BFF, and at run time nothing but the check of a voucher code.',
    from: { path: '^components/' },
    to: { path: '^bff/', pathNot: '^bff/rules/code\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  'rules-import-nothing': {
    comment: 'The licensing rules are pure.',
    from: { path: '^bff/rules/' },
    to: { dependencyTypes: ['local'], pathNot: '^bff/rules/' },
  },
  'features-apart': {
    comment: 'Features meet in index.ts and in rules.',
    from: { path: feature },
    to: { path: feature, pathNot: '^bff/$1/' },
  },
  'http-and-db-know-no-feature': {
    comment: 'Otherwise features would meet there.',
    from: { path: '^bff/(http|db)/' },
    to: { path: feature },
  },
  'db-from-sql': {
    comment: 'Only *.sql.ts know the database; change, and what works between requests, open transactions; index.ts, node and cli wire.',
    from: { path: product, pathNot: [...wiring, sql] },
    to: { path: '^bff/db/', pathNot: ['^bff/db/database\\.ts$', sql] },
  },
  'connections-are-handed-on': {
    comment: 'Others may name the type of a connection to hand it on.',
    from: { path: product, pathNot: [...wiring, sql] },
    to: { path: '^bff/db/(database|transaction)\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  'kysely-in-sql': {
    comment: 'Queries stand in *.sql.ts and in db; node opens databases with it.',
    from: { path: product, pathNot: ['^bff/(db|node)/', '^bff/index\\.ts$', sql] },
    to: { path: 'node_modules/kysely/' },
  },
  'kysely-types-in-index': {
    comment: 'index.ts names the types of what is passed in.',
    from: { path: '^bff/index\\.ts$' },
    to: { path: 'node_modules/kysely/', dependencyTypesNot: ['type-only'] },
  },
  'drivers-in-node': {
    comment: 'Which driver opens the database is decided in node.',
    from: { path: product, pathNot: '^bff/node/' },
    to: { path: 'node_modules/(@types/)?(better-sqlite3|pg)/' },
  },
  'node-builtins-in-node': {
    comment: 'The rest of the BFF runs anywhere.',
    from: { path: product, pathNot: '^bff/(node|cli)/' },
    to: { dependencyTypes: ['core'] },
  },
  'node-packages-in-node': {
    comment: 'The rest of the BFF runs anywhere.',
    from: { path: product, pathNot: '^bff/(node|cli)/' },
    to: { path: 'node_modules/(@hono/node-server|commander|nodemailer|request-filtering-agent)/' },
  },
  'node-is-passed-in': {
    comment: 'What needs Node is passed to createBff.',
    from: { path: product, pathNot: '^bff/(node|cli)/' },
    to: { path: '^bff/node/' },
  },
  'cli-is-the-end': {
    comment: 'The program imports, and nothing imports it.',
    from: { path: '^(bff|components|stories)/', pathNot: '^bff/cli/' },
    to: { path: '^bff/cli/' },
  },
  'no-stories-or-tests': {
    comment: 'The product does not know what shows and tests it.',
    from: { path: product },
    to: { path: '^(stories|test)/' },
  },
  'bff-knows-no-element': {
    comment: 'The BFF serves the elements as a file.',
    from: { path: '^bff/' },
    to: { path: '^components/' },
  },
  'stories-run-anywhere': {
    comment: 'Tests draw the stories too: only Storybook and its own folder know Storybook.',
    from: { path: '^(stories|test)/', pathNot: '^stories/\\.storybook/' },
    to: { path: ['^stories/\\.storybook/', 'node_modules/(storybook|@storybook|msw-storybook-addon)/'] },
  },
  'no-circle': {
    comment: 'Type-only circles too: a circle means that two files are one.',
    from: {},
    to: { circular: true },
  },
  'no-unresolvable': {
    comment: 'An import that leads nowhere is not checked by the others.',
    // Hosts, and what is written for them, import the package by its name, as it is published, and frameworks that are not installed here.
    from: { pathNot: '^(test/hosts|types)/' },
    to: { couldNotResolve: true },
  },
  'no-undeclared': {
    comment: 'Every package that is imported stands in package.json.',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  'no-dev-dependency': {
    comment: 'Whoever installs the package does not get its devDependencies.',
    from: { path: product },
    to: { dependencyTypes: ['npm-dev'] },
  },
}

export default {
  forbidden: Object.entries(rules).map(([name, rule]) => ({ name, severity: 'error', ...rule })),
  options: {
    doNotFollow: 'node_modules',
    // What hosts in the tests import as the package.
    exclude: '^dist/',
    // 'true' sees type-only imports as well.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
}
