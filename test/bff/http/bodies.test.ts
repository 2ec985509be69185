import { onEngine } from '../engines.ts'
import { ADMIN, HOST, type Hostile, JSON_TYPE, KEY_HOST, refuseAll, served, VENDOR, withBody } from './hostile.ts'

const unread = { status: 400, code: 'invalid-json' }
const garbled = { status: 400, code: 'invalid-encoding' }
const unfit = { status: 422, code: 'invalid' }
const foreign = { status: 415, code: 'unsupported-media-type' }
const large = { status: 413, code: 'too-large' }

const MEMBER = ADMIN.replace('"admin"]', '"member"]')
const DEVICE = '"serial":"S1","model":"M","name":"N"'
const post = (body: string | Uint8Array, headers = JSON_TYPE): Pick<Hostile, 'head' | 'body'> => withBody('POST /v1/devices', `${ADMIN}\r\n${headers}`, body)
const issue = (body: string): Pick<Hostile, 'head' | 'body'> => withBody('POST /v1/vendor/vouchers', `${VENDOR}\r\n${JSON_TYPE}`, body)
const workspace = (body: string): Pick<Hostile, 'head' | 'body'> => withBody('PUT /v1/host/workspaces/acme', `${KEY_HOST}\r\n${JSON_TYPE}`, body)
const bytes = (...parts: (string | number[])[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part as string)))

const media: Hostile[] = [
  ['text/plain', 'text/plain'], ['a form', 'application/x-www-form-urlencoded'], ['a form in parts', 'multipart/form-data; boundary=x'],
  ['UTF-16', 'application/json; charset=utf-16'], ['Latin-1', 'application/json; charset=iso-8859-1'], ['an unknown parameter', 'application/json; x=1'],
  ['JSON of another kind', 'application/vnd.api+json'], ['JSON after something', 'text/plain, application/json'], ['JSON before something', 'application/json, text/plain'],
  ['CSV', 'text/csv'], ['nothing', ''],
].map(([name, type]) => ({ name: `JSON as ${name}`, ...post(`{${DEVICE}}`, `Content-Type: ${type}`), ...foreign }))

const rows: Hostile[] = [
  ...media,
  { name: 'JSON without a media type', ...post(`{${DEVICE}}`, 'x: 1'), ...foreign },
  { name: 'a compressed body', ...post(`{${DEVICE}}`, `${JSON_TYPE}\r\nContent-Encoding: gzip`), ...foreign },
  { name: 'a compressed file', ...withBody('POST /v1/vendor/devices/import', `${VENDOR}\r\nContent-Type: text/csv\r\nContent-Encoding: br`, 'x'), ...foreign },
  { name: 'CSV in Latin-1', ...withBody('POST /v1/vendor/devices/import', `${VENDOR}\r\nContent-Type: text/csv; charset=latin1`, 'x'), ...foreign },
  { name: 'JSON where CSV is wanted', ...withBody('POST /v1/vendor/devices/import', `${VENDOR}\r\n${JSON_TYPE}`, '{}'), ...foreign },
  { name: 'CSV where lines of JSON are wanted', ...withBody('POST /v1/host/devices', `${KEY_HOST}\r\nContent-Type: text/csv`, 'x'), ...foreign },
  { name: 'no body', head: `POST /v1/devices HTTP/1.1\r\n${ADMIN}\r\n${JSON_TYPE}\r\nContent-Length: 0`, ...unread },
  { name: 'neither body nor media type', head: `POST /v1/devices HTTP/1.1\r\n${ADMIN}\r\nContent-Length: 0`, ...unread },
  ...['{"code":', '{', '', ' ', '{"a":1}}', '{"a":1,}', "{'a':1}", '{a:1}', '// x\n{}', '{"a":01}', '{"a":.5}', '{"a":NaN}', '{"a":"\n"}', '{"a":"\\x41"}', 'undefined', '\ufeff\ufeff{}']
    .map((body) => ({ name: `no JSON: ${JSON.stringify(body)}`, ...post(body), ...unread })),
  ...['null', '[]', '"text"', '5', 'true', '[{}]'].map((body) => ({ name: `at the top ${body}`, ...post(body), ...unfit })),
  { name: 'a member twice', ...post(`{${DEVICE},"name":"Other"}`), ...unread },
  { name: 'a member twice in other spellings', ...post(`{${DEVICE},"n\\u0061me" : "Other"}`), ...unread },
  { name: '__proto__ twice', ...post('{"__proto__":{},"__proto__":{}}'), ...unread },
  { name: '9 levels', ...post(`${'['.repeat(9)}${']'.repeat(9)}`), ...unread },
  { name: '16,000 levels', ...post('['.repeat(16_000)), ...unread },
  { name: '8,000 levels that close', ...post(`${'['.repeat(8_000)}${']'.repeat(8_000)}`), ...unread },
  { name: '8 levels, which fit no schema', ...post(`{"x":${'['.repeat(7)}${']'.repeat(7)}}`), ...unfit },
  { name: 'half a surrogate pair, escaped', ...post('{"serial":"\\ud800","model":"M","name":"N"}'), ...garbled },
  { name: 'a surrogate pair the wrong way round', ...post('{"serial":"\\udc00\\ud800","model":"M","name":"N"}'), ...garbled },
  { name: 'half a surrogate pair as the name of a member', ...post('{"\\udfff":1}'), ...garbled },
  { name: 'U+0000, escaped', ...post('{"serial":"A\\u0000B","model":"M","name":"N"}'), ...garbled },
  { name: 'U+0000 in a list', ...withBody('POST /v1/licenses/query', `${ADMIN}\r\n${JSON_TYPE}`, '{"deviceIds":["a\\u0000"]}'), ...garbled },
  { name: 'U+0000 as it is', ...post('{"serial":"A\0B"}'), ...unread },
  { name: 'UTF-8 cut in a sign', ...post(bytes('{"serial":"', [0xe2, 0x82], '","model":"M","name":"N"}')), ...garbled },
  { name: 'UTF-8 too long', ...post(bytes('{"serial":"', [0xc0, 0xaf], '"}')), ...garbled },
  { name: 'a surrogate in UTF-8', ...post(bytes('{"serial":"', [0xed, 0xa0, 0x80], '"}')), ...garbled },
  { name: 'UTF-8 past Unicode', ...post(bytes('{"serial":"', [0xf4, 0x90, 0x80, 0x80], '"}')), ...garbled },
  { name: 'UTF-16 with its mark', ...post(bytes([0xff, 0xfe, 0x7b, 0, 0x7d, 0])), ...garbled },
  { name: 'a CSV that is no UTF-8', ...withBody('POST /v1/vendor/devices/import', `${VENDOR}\r\nContent-Type: text/csv`, bytes('workspace,serial,model,name\nacme,S1,M,', [0xfc], '\n')), ...garbled },
  ...['expiresAt', 'status', 'workspaceId', 'workspace', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'removed_at', 'Serial', '']
    .map((member) => ({ name: `the undeclared member "${member}"`, ...post(`{${DEVICE},"${member}":{"polluted":true}}`), ...unfit })),
  { name: 'an undeclared member deep down', ...workspace('{"name":"A","timeZone":"UTC","contact":{"sales":{"__proto__":{"polluted":1}}}}'), ...unfit },
  ...['1e999', '-1e999', '1.5', '"5"', '0', '-1', '10001', 'null', 'true', '[1]', '{}', '1e-5', '9007199254740993', '99999999999999999999']
    .map((count) => ({ name: `${count} where a whole number stands`, ...issue(`{"count":${count},"days":1}`), ...unfit })),
  ...['""', '" "', '"\\n"', '5', 'null', '[]', `"${'x'.repeat(201)}"`].map((name) => ({ name: `the name ${name.slice(0, 20)}`, ...post(`{"serial":"S1","model":"M","name":${name}}`), ...unfit })),
  ...['""', '" a"', '"a b"', '"a\\tb"', '"a\\u007f"', '"a\\u2028"', `"${'x'.repeat(65)}"`, '7'].map((id) => ({ name: `the id ${id.slice(0, 20)}`, ...post(`{${DEVICE},"id":${id}}`), ...unfit })),
  ...['2026-02-30T00:00:00Z', '2026-11-21', '2026-11-21T25:00:00Z', '2026-11-21T09:30', 'tomorrow', '', '1795253400000', '9999-12-31T23:59:59-23:00', '0000-01-01T00:00:00+23:00']
    .map((at) => ({ name: `the instant "${at}"`, ...issue(`{"count":1,"days":1,"redeemBy":"${at}"}`), ...unfit })),
  { name: 'not before the end', ...issue('{"count":1,"days":1,"notBefore":"2026-12-01T00:00:00Z","redeemBy":"2026-12-01T00:00:00Z"}'), ...unfit },
  ...['Mars/Base', '+01:00', 'UTC+1', '', '../etc/passwd', 'Europe/Berlin ', 'Europe\\u0000'].map((zone) => ({
    name: `the zone "${zone}"`, ...workspace(`{"name":"A","timeZone":"${zone}"}`), ...(zone.includes('u0000') ? garbled : unfit),
  })),
  ...['javascript:alert(1)', 'data:text/html,x', 'ftp://a.b', '//a.b', 'x'].map((url) => ({
    name: `the contact address ${url}`, ...workspace(`{"name":"A","timeZone":"UTC","contact":{"support":{"url":"${url}"}}}`), ...unfit,
  })),
  { name: 'a serial number of dashes alone', ...post('{"serial":"- -","model":"M","name":"N"}'), ...unfit },
  { name: 'a body where none is wanted', ...withBody('POST /v1/devices/pump-1/undo', `${ADMIN}\r\n${JSON_TYPE}`, '{"days":1}'), ...unfit },
  { name: 'a body of DELETE', ...withBody('DELETE /v1/devices/pump-1', `${ADMIN}\r\n${JSON_TYPE}`, '[]'), ...unfit },
  { name: '16 KiB and a byte', ...post(`{${DEVICE},"x":"${'x'.repeat(16_385 - DEVICE.length - 9)}"}`), ...large },
  { name: '16 KiB, which is too much for the schema alone', ...post(`{${DEVICE},"x":"${'x'.repeat(16_384 - DEVICE.length - 9)}"}`), ...unfit },
  { name: '256 KiB of ids and a byte', ...withBody('POST /v1/licenses/query', `${ADMIN}\r\n${JSON_TYPE}`, `{"deviceIds":[]}${' '.repeat(262_145 - 16)}`), ...large },
  { name: 'the body before who sends it', ...withBody('POST /v1/devices', `${HOST}\r\n${JSON_TYPE}`, '{'), status: 401, code: 'unauthenticated' },
  { name: 'the media type before the size', ...withBody('POST /v1/devices', `${ADMIN}\r\nContent-Type: text/plain`, 'x'.repeat(20_000)), ...foreign },
  { name: 'the media type before the query', ...withBody('POST /v1/devices/pump-1/voucher?x=1', `${ADMIN}\r\nContent-Type: text/plain`, '{"code":"x"}'), ...foreign },
  { name: 'the media type before the query, where no body is wanted', ...withBody('DELETE /v1/host/devices/pump-1?limit=1', `${KEY_HOST}\r\nContent-Type: text/plain`, 'x'), ...foreign },
  { name: 'the media type of a file before the query', ...withBody('POST /v1/vendor/devices/import?x=1', `${VENDOR}\r\n${JSON_TYPE}`, '{}'), ...foreign },
  { name: 'the size before the query', ...withBody('POST /v1/devices/pump-1/voucher?x=1', `${ADMIN}\r\n${JSON_TYPE}`, `{"code":"${'x'.repeat(20_000)}"}`), ...large },
  { name: 'the bytes before the query', ...withBody('POST /v1/devices/pump-1/voucher?x=1', `${ADMIN}\r\n${JSON_TYPE}`, bytes('{"code":"', [0xff], '"}')), ...garbled },
  { name: 'the JSON before the query', ...withBody('POST /v1/devices/pump-1/voucher?x=1', `${ADMIN}\r\n${JSON_TYPE}`, '{'), ...unread },
  { name: 'the query before the meaning', ...withBody('POST /v1/devices/nowhere/voucher?x=1', `${ADMIN}\r\n${JSON_TYPE}`, '{"code":"-"}'), ...unfit },
  { name: 'who may not before the media type', ...withBody('POST /v1/devices', `${MEMBER}\r\nContent-Type: text/plain`, '{'), status: 403, code: 'role-required' },
  { name: 'who may not before the JSON', ...withBody('POST /v1/devices', `${MEMBER}\r\n${JSON_TYPE}`, '{'), status: 403, code: 'role-required' },
  { name: 'who may not before the schema', ...withBody('POST /v1/devices', `${MEMBER}\r\n${JSON_TYPE}`, '{}'), status: 403, code: 'role-required' },
  { name: 'the method before who asks', ...withBody('PATCH /v1/devices/pump-1', `${HOST}\r\n${JSON_TYPE}`, '{}'), status: 405, code: 'method-not-allowed' },
]

onEngine('sqlite', 'a bad body is refused, and nothing is stored', (world) => {
  refuseAll(world, served(world), rows)
})
