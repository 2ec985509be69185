import { lookup } from 'node:dns'
import { type Agent, request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import type { WebhookRefusal } from '../http/route.ts'
import type { PostWebhook, WebhookAnswer, WebhookRequest } from '../webhooks/post.ts'

/** How long an endpoint may take in all (ms), and what is read of its answer (bytes). */
const LIMITS = { patienceMs: 15_000, answerBytes: 65_536 }

/** What is not the public internet: the special purposes of RFC 6890 and their successors, and all of IPv6 but 2000::/3. */
const SPECIAL = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16',
  '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3', '::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20',
]

/** Makes the function that says whether an address is in one of some ranges, such as `10.0.0.0/8`. */
function inRanges(ranges: readonly string[]): (address: string) => boolean {
  // One list each: an IPv4 address would be looked for in ranges of IPv6 too, as ::ffff:….
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() }
  const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = familyOf(address)
    if (bits === undefined) lists[family].addAddress(address, family)
    else lists[family].addSubnet(address, Number(bits), family)
  }
  return (address) => lists[familyOf(address)].check(address, familyOf(address))
}

/** What may be dialled: the public internet, and what a list of hosts, addresses and ranges allows beside it. */
class Gate {
  readonly #isSpecial = inRanges(SPECIAL)
  readonly #isAllowed: (address: string) => boolean
  readonly #hosts: ReadonlySet<string>
  /** Whether the list has addresses or ranges. */
  readonly #hasRanges: boolean

  constructor(allow: readonly string[]) {
    const isAddress = (one: string): boolean => isIP(one.split('/')[0] ?? '') !== 0
    this.#isAllowed = inRanges(allow.filter(isAddress))
    this.#hasRanges = allow.some(isAddress)
    this.#hosts = new Set(allow.filter((one) => !isAddress(one)).map((one) => one.toLowerCase()))
  }

  /** Whether a host is named by the list, so that it may be dialled whatever its address, and without TLS. */
  names(host: string): boolean {
    return this.#hosts.has(host) || (isIP(host) !== 0 && this.#isAllowed(host))
  }

  /** Whether the list may allow an address of a host that is not on the public internet. */
  mayOpen(host: string): boolean {
    return this.#hasRanges || this.names(host)
  }

  opens(host: string, address: string): boolean {
    return this.names(host) || this.#isAllowed(address) || !this.#isSpecial(address)
  }
}

/** An address that may not be dialled. */
class PrivateAddressError extends Error {
  readonly code = 'EPRIVATE'
}

/** The host of an address, an IP address without its brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/** Looks a name up as usual, and refuses it where one of its addresses may not be dialled. */
function guardedLookup(gate: Gate): LookupFunction {
  return (name, options, done) => {
    const host = name.replace(/\.$/, '')
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) done(error, [])
      else if (!found.every(({ address }) => gate.opens(host, address))) done(new PrivateAddressError(`${host} has a private address`), [])
      else if (options.all === true) done(null, found)
      else done(null, found[0]?.address ?? '', found[0]?.family ?? 4)
    })
  }
}

/** Sends webhooks over HTTPS, without following redirects. `allow`: hosts, addresses and ranges that are not on the public internet, or
 * (hosts and addresses) speak plain HTTP, and may be dialled all the same. `ca`: certificates that are trusted instead of the usual. */
export function webhookPoster(allow: readonly string[] = [], { ca, ...given }: Partial<typeof LIMITS> & { ca?: string } = {}): PostWebhook {
  const gate = new Gate(allow)
  const limits = { ...LIMITS, ...given }
  const look = guardedLookup(gate)
  const post = async (request: WebhookRequest): Promise<WebhookAnswer> => {
    const url = new URL(request.url)
    const host = hostOf(url)
    if (refusalOf(url, gate) !== null || (isIP(host) !== 0 && !gate.opens(host, host))) return { failure: 'private-address', code: '' }
    return send(url, request, { gate, look, limits, ca })
  }
  return Object.assign(post, { check: async (text: string) => check(new URL(text), gate, look) })
}

function refusalOf(url: URL, gate: Gate): WebhookRefusal | null {
  const isPlain = url.protocol === 'http:' && gate.names(hostOf(url))
  return (url.protocol !== 'https:' && !isPlain) || url.username + url.password + url.hash !== '' ? 'not-https' : null
}

async function check(url: URL, gate: Gate, look: LookupFunction): Promise<WebhookRefusal | null> {
  const refusal = refusalOf(url, gate)
  const host = hostOf(url)
  if (refusal !== null) return refusal
  if (isIP(host) !== 0) return gate.opens(host, host) ? null : 'private-address'
  return new Promise((resolve) => {
    look(host, { all: true }, (error) => { resolve(error === null ? null : error instanceof PrivateAddressError ? 'private-address' : 'unknown-host') })
  })
}

interface Way {
  gate: Gate
  look: LookupFunction
  limits: typeof LIMITS
  ca: string | undefined
}

/** The second gate: whatever the first one let through, an address that is not public is not dialled unless the list allows it. */
function agentFor(url: URL, { gate }: Way): Agent {
  const isOpen = gate.mayOpen(hostOf(url))
  return new (url.protocol === 'https:' ? RequestFilteringHttpsAgent : RequestFilteringHttpAgent)({ allowPrivateIPAddress: isOpen, allowMetaIPAddress: isOpen })
}

function send(url: URL, { headers, body, signal }: WebhookRequest, way: Way): Promise<WebhookAnswer> {
  const { limits, look, ca } = way
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
      method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, agent: agentFor(url, way), lookup: look,
      signal: AbortSignal.any([signal, AbortSignal.timeout(limits.patienceMs)]), ...(ca === undefined ? {} : { ca }),
    })
    let isAnswered = false
    request.on('response', (response) => {
      isAnswered = true
      void drain(response, limits.answerBytes).then(() => { resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null }) })
    })
    // What breaks off after the status does not change it.
    request.on('error', (error) => { if (!isAnswered) resolve(failureOf(error)) })
    request.end(body)
  })
}

/** Reads an answer to its end, but not for ever: the status has said what matters. */
async function drain(response: IncomingMessage, most: number): Promise<void> {
  let left = most
  await new Promise<void>((resolve) => {
    response.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) response.destroy()
    })
    response.on('error', () => { resolve() }).on('close', () => { resolve() })
  })
}

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|INVALID_)/

function failureOf(error: Error & { code?: unknown }): WebhookAnswer {
  const code = typeof error.code === 'string' ? error.code : ''
  if (error instanceof PrivateAddressError || error.message.includes('is not allowed. Because')) return { failure: 'private-address', code: '' }
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return { failure: 'timeout', code: '' }
  return { failure: TLS.test(code) ? 'tls' : 'unreachable', code }
}
