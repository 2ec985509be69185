import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { Failure, oneLine } from '../../bff/cli/failure.ts'
import { hostTokens } from '../../bff/cli/identity.ts'
import { readSettings } from '../../bff/cli/settings.ts'
import { fails, folder, patternOf } from './program.ts'

const TOKENS = { LICENSE_ISSUER: 'https://id.example', LICENSE_AUDIENCE: 'licenses' }
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { publicKey: shortKey } = generateKeyPairSync('rsa', { modulusLength: 1_024 })

/** All that mail needs. */
const MAIL = {
  LICENSE_SMTP_URL: 'smtps://user:secret@mail.example', LICENSE_MAIL_FROM: 'Velthorn <licenses@velthorn.example>', LICENSE_MAIL_REPLY_TO: 'help@velthorn.example',
  LICENSE_PUBLIC_URL: 'https://licenses.example',
}
/** Variables that are wrong, and the one line that says so. */
const WRONG: [title: string, env: Record<string, string>, line: string][] = [
  ['a misspelled name', { LICENSE_ORIGIN: 'https://portal.example' }, 'LICENSE_ORIGIN is no setting; did you mean LICENSE_ORIGINS?'],
  ['another misspelled name', { LICENCE_DB: 'x', LICENSE_SECERT: 'x' }, 'LICENSE_SECERT is no setting; did you mean LICENSE_SECRET?'],
  ['an empty value', { LICENSE_SECRET: '' }, 'LICENSE_SECRET is empty; give it a value or unset it'],
  ['a database of another kind', { LICENSE_DB: 'license.db' }, 'LICENSE_DB is neither sqlite:./license.db nor postgres://user@host:5432/database'],
  ['a short secret', { LICENSE_SECRET: 'c2hvcnQ=' }, 'LICENSE_SECRET is not 32 bytes or more in base64, such as the output of: openssl rand -base64 32'],
  ['a secret of 31 bytes', { LICENSE_SECRET: Buffer.alloc(31, 1).toString('base64') }, 'LICENSE_SECRET is not 32 bytes…'],
  ['a secret that is no base64', { LICENSE_SECRET: `${'x'.repeat(50)}!` }, 'LICENSE_SECRET is not 32 bytes…'],
  ['a short old secret', { LICENSE_SECRET: `${Buffer.alloc(32, 1).toString('base64')},abc` }, 'LICENSE_SECRET is not 32 bytes…'],
  ['a port that is none', { LICENSE_PORT: '-1' }, 'LICENSE_PORT is no port from 0 to 65535'],
  ['a host with a path', { LICENSE_HOST: 'localhost/x' }, 'LICENSE_HOST is no host name and no address such as 127.0.0.1 or ::1'],
  ['an origin with a slash', { LICENSE_ORIGINS: 'https://portal.example/' }, 'LICENSE_ORIGINS holds something that is no origin;…'],
  ['any origin', { LICENSE_ORIGINS: 'https://portal.example,*' }, 'LICENSE_ORIGINS holds something that is no origin;…'],
  ['a null origin', { LICENSE_ORIGINS: 'null' }, 'LICENSE_ORIGINS holds something that is no origin;…'],
  ...['proxy.example', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/08', '10.0.0.0/', '10.0.0.0/8/8', '::/129', 'fe80::1%eth0', '10.0.0.1:80', '*', '10.0.0.1,'].map((proxies): [string, Record<string, string>, string] => [
    `the proxies ${proxies}`, { LICENSE_TRUSTED_PROXIES: proxies }, 'LICENSE_TRUSTED_PROXIES holds something that is neither an IP address nor a range such as 10.0.0.0/8;…',
  ]),
  ...['https://hooks.internal', '10.0.0.0/33', '10.0.0', 'a..b', '*.internal', 'hooks:80', 'hooks,'].map((allowed): [string, Record<string, string>, string] => [
    `webhooks to ${allowed}`, { LICENSE_WEBHOOK_ALLOW: allowed }, 'LICENSE_WEBHOOK_ALLOW holds something that is neither a host such as hooks.internal nor an address or a range such as 10.0.0.0/8;…',
  ]),
  ['keys over plain http', { LICENSE_JWKS_URL: 'http://id.example/jwks', ...TOKENS }, 'LICENSE_JWKS_URL is no https address (plain http only within this computer)'],
  ['a legacy platform over plain http', { LICENSE_LEGACY_URL: 'http://old.example/records' }, 'LICENSE_LEGACY_URL is no https address (plain http only within this computer)'],
  ['a token for no legacy platform', { LICENSE_LEGACY_TOKEN: 'abc' }, 'LICENSE_LEGACY_TOKEN needs LICENSE_LEGACY_URL'],
  ['mail by no scheme of mail', { ...MAIL, LICENSE_SMTP_URL: 'https://mail.example' }, 'LICENSE_SMTP_URL is no address such as smtps://user:password@mail.example or smtp://mail.example:587'],
  ['mail without all that it needs', { LICENSE_SMTP_URL: MAIL.LICENSE_SMTP_URL },
    ['LICENSE_MAIL_FROM', 'LICENSE_MAIL_REPLY_TO', 'LICENSE_PUBLIC_URL'].map((name) => `${name} is missing; LICENSE_SMTP_URL needs it`).join('; ')],
  ['a sender of no mail', { LICENSE_MAIL_FROM: MAIL.LICENSE_MAIL_FROM }, 'LICENSE_MAIL_FROM needs LICENSE_SMTP_URL'],
  ['a sender that is none', { ...MAIL, LICENSE_MAIL_FROM: 'Velthorn' }, 'LICENSE_MAIL_FROM is neither an e-mail address nor Name <address>'],
  ['answers to two addresses', { ...MAIL, LICENSE_MAIL_REPLY_TO: 'a@b.example, c@d.example' }, 'LICENSE_MAIL_REPLY_TO is no e-mail address'],
  ['links over plain http', { ...MAIL, LICENSE_PUBLIC_URL: 'http://licenses.example' }, 'LICENSE_PUBLIC_URL is no https address (plain http only within this computer)'],
  ['keys without issuer', { LICENSE_JWKS_URL: 'https://id.example/jwks', LICENSE_AUDIENCE: 'a' }, 'LICENSE_ISSUER is missing; LICENSE_JWKS_URL needs it'],
  ['a key without audience', { LICENSE_JWT_KEY: './key.pem', LICENSE_ISSUER: 'a' }, 'LICENSE_AUDIENCE is missing; LICENSE_JWT_KEY needs it'],
  ['an issuer without keys', TOKENS, 'LICENSE_ISSUER needs LICENSE_JWKS_URL or LICENSE_JWT_KEY; LICENSE_AUDIENCE needs LICENSE_JWKS_URL or LICENSE_JWT_KEY'],
  ['two sources of keys', { LICENSE_JWKS_URL: 'https://id.example/jwks', LICENSE_JWT_KEY: './key.pem', ...TOKENS }, 'LICENSE_JWKS_URL and LICENSE_JWT_KEY exclude each other; unset one'],
  ['a symmetric algorithm', { LICENSE_JWKS_URL: 'https://id.example/jwks', LICENSE_JWT_ALGORITHMS: 'RS256,HS256', ...TOKENS }, 'LICENSE_JWT_ALGORITHMS may hold RS256,…'],
  ['no algorithm', { LICENSE_JWKS_URL: 'https://id.example/jwks', LICENSE_JWT_ALGORITHMS: 'none', ...TOKENS }, 'LICENSE_JWT_ALGORITHMS may hold RS256,…'],
  ['a key file that is missing', { LICENSE_JWT_KEY: './nowhere.pem', ...TOKENS }, 'LICENSE_JWT_KEY is neither a key nor a file that can be read (…'],
  ['a private key', { LICENSE_JWT_KEY: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), ...TOKENS }, 'LICENSE_JWT_KEY is a private key; give a public key…'],
  ['a private JWK', { LICENSE_JWT_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })), ...TOKENS }, 'LICENSE_JWT_KEY holds a private key;…'],
  ['a symmetric JWK', { LICENSE_JWT_KEY: '{"kty":"oct","k":"AAAA"}', ...TOKENS }, 'LICENSE_JWT_KEY holds a symmetric key;…'],
  ['a JWK that is none', { LICENSE_JWT_KEY: '{"kty":"EC"}', ...TOKENS }, 'LICENSE_JWT_KEY holds no key that can be read (…'],
  ['an empty JWKS', { LICENSE_JWT_KEY: '{"keys":[]}', ...TOKENS }, 'LICENSE_JWT_KEY holds no key;…'],
  ['broken JSON', { LICENSE_JWT_KEY: '{', ...TOKENS }, 'LICENSE_JWT_KEY is no JSON;…'],
  ['a broken PEM', { LICENSE_JWT_KEY: '-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----', ...TOKENS }, 'LICENSE_JWT_KEY holds no key that can be read (…'],
  ['a short RSA key', { LICENSE_JWT_KEY: shortKey.export({ format: 'pem', type: 'spki' }).toString(), ...TOKENS }, 'LICENSE_JWT_KEY has fewer than 2048 bits;…'],
  ...['short', 'fifteen-signs-x', 'sixteen signs-xx'].map((key): [string, Record<string, string>, string] => [
    `the metrics key ${key}`, { LICENSE_METRICS_KEY: key }, 'LICENSE_METRICS_KEY is no key: 16 printable signs or more, without spaces',
  ]),
  ['a debug that is no flag', { LICENSE_DEBUG: 'yes' }, 'LICENSE_DEBUG is neither 0 nor 1'],
  ['PostgreSQL without a secret', { LICENSE_DB: 'postgres://127.0.0.1:1/license' }, 'no PostgreSQL answers at 127.0.0.1:1/license; start it, or correct --db'],
]

suite('a wrong setting stops the start', { concurrency: 4 }, () => {
  const cwd = folder()
  // One row of each kind by the program, and the others by what it reads its settings with: a process takes a hundred times as long.
  const byProgram = ['a misspelled name', 'a secret of 31 bytes', 'mail without all that it needs', 'a private key', 'PostgreSQL without a secret']
  for (const [title, env, line] of WRONG) {
    test(title, async () => {
      if (byProgram.includes(title)) return fails(['serve'], { cwd, env }, 1, line)
      const given = { LICENSE_DB: `sqlite:${join(cwd, 'license.db')}`, ...env }
      assert.throws(() => {
        const { tokens } = readSettings({}, given)
        if (tokens !== null) hostTokens(tokens)
      }, (error) => error instanceof Failure && error.exitCode === 1 && patternOf(line).test(oneLine(error)))
    })
  }

  test('and leaves nothing behind', () => { assert.deepEqual(readdirSync(cwd), []) })
})

suite('a wrong policy file stops the start', { concurrency: 4 }, () => {
  const cwd = folder()
  const wrong: [title: string, text: string, line: string][] = [
    ['no JSON', '{ "graceDays": 60, }', 'the policy file policy.json is no JSON: …'],
    ['a member that stands twice', '{ "graceDays": 60, "graceDays": 30 }', 'the policy file policy.json is no JSON: A member stands twice in one object.'],
    ['a list', '[]', 'the policy file policy.json is wrong: policy: …'],
    ['an unknown member', '{ "graceDay": 60 }', 'the policy file policy.json is wrong: policy: …graceDay…'],
    ['an unset variable', '{ "upstreams": { "dashboard": { "url": "http://cloud.example", "headers": { "a": "${CLOUD_TOKEN_THAT_IS_UNSET}" } } } }',
      'the policy file policy.json is wrong: upstreams: the variable CLOUD_TOKEN_THAT_IS_UNSET is not set'],
    ['a wrong number', '{ "models": { "P100": { "trialDays": -1 } } }', 'the policy file policy.json is wrong: models.P100.trialDays: …'],
  ]
  for (const [title, text, line] of wrong) {
    test(title, async () => {
      const own = join(cwd, title)
      mkdirSync(own)
      writeFileSync(join(own, 'policy.json'), text)
      await fails(['serve', '--policy', 'policy.json'], { cwd: own }, 1, line)
    })
  }
  test('a file that is missing', () => fails(['serve', '--policy', 'nowhere.json'], { cwd }, 1, 'the policy file cannot be read (ENOENT…); correct --policy'))
})

suite('settings', () => {
  test('are defaults, where nothing is said', () => {
    assert.deepEqual(readSettings({}, {}), {
      database: { engine: 'sqlite', path: './license.db' }, secrets: null, policy: null, host: '127.0.0.1', port: 8787, origins: [],
      trustedProxies: [], legacy: null, webhookAllow: [], publicUrl: null, mail: null, metricsKey: null, tokens: null,
    })
  })

  test('come from flags before the environment, whose value is then not looked at', () => {
    const settings = readSettings({ db: 'sqlite:/a.db', port: '1' }, { LICENSE_DB: 'nonsense', LICENSE_PORT: 'x', LICENSE_HOST: '::' })
    assert.deepEqual([settings.database, settings.port, settings.host], [{ engine: 'sqlite', path: '/a.db' }, 1, '::'])
  })

  test('hold several secrets, origins and proxies', () => {
    const [one, two] = [Buffer.alloc(32, 255), Buffer.alloc(40, 2)]
    const settings = readSettings({}, {
      LICENSE_SECRET: `${one.toString('base64url')}, ${two.toString('base64')}`, LICENSE_ORIGINS: 'https://a.example, http://localhost:3000',
      LICENSE_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1,fd00::/8, 0.0.0.0/0',
    })
    assert.deepEqual(settings.secrets?.map((secret) => Buffer.from(secret)), [one, two])
    assert.deepEqual(settings.origins, ['https://a.example', 'http://localhost:3000'])
    assert.deepEqual(settings.trustedProxies, ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', '0.0.0.0/0'])
  })

  test('leave variables of the tests and of others alone', () => {
    assert.doesNotThrow(() => readSettings({}, { LICENSE_TEST_POSTGRES: 'x', LICENSED: 'y', PATH: '/' }))
  })

  test('accept public-key algorithms, four of them unless told', () => {
    const env = { LICENSE_JWKS_URL: 'http://localhost:3000/jwks', ...TOKENS }
    assert.deepEqual(readSettings({}, env).tokens?.algorithms, ['RS256', 'PS256', 'ES256', 'EdDSA'])
    assert.deepEqual(readSettings({}, { ...env, LICENSE_JWT_ALGORITHMS: 'ES384' }).tokens?.algorithms, ['ES384'])
  })
})
