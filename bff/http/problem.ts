import type { DecisionSource, Status } from '../rules/lists.ts'

/** Every refusal of the BFF: its status, its title, and what to do about it (RFC 9457). The one place that lists them. */
export const PROBLEMS = {
  'invalid-request': [400, 'The request is not valid HTTP', 'Check the address, the headers and the query of the request.'],
  'invalid-json': [400, 'The body is not valid JSON', 'Send one JSON value, no member twice, at most 8 levels deep.'],
  'invalid-encoding': [400, 'The text is not valid UTF-8', 'Send UTF-8 without lone surrogates and without U+0000.'],
  unauthenticated: [401, 'Nobody is signed in', 'Send a valid token as "Authorization: Bearer …". A session lasts 15 minutes.'],
  'role-required': [403, 'This needs another role', 'Ask an administrator of the workspace, or use a key of the right role.'],
  'feature-closed': [403, 'The licence does not open this feature', 'Activate or renew the licence of the device.'],
  'origin-forbidden': [403, 'This origin may not ask', 'Add the origin of the page to LICENSE_ORIGINS.'],
  'workspace-unknown': [403, 'This workspace does not exist', 'Create the workspace first, or check its id.'],
  'not-found': [404, 'There is nothing here', 'Check the address; /docs lists every route.'],
  'device-not-found': [404, 'There is no such device', 'Check the id. A device that was removed has to be added again.'],
  'voucher-not-found': [404, 'There is no such voucher', 'Check the code sign by sign, or ask the seller.'],
  'feature-not-found': [404, 'There is no such feature', 'GET /v1/me lists the features.'],
  'method-not-allowed': [405, 'This address has no such method', 'The header Allow lists the methods of this address.'],
  'voucher-used': [409, 'The voucher is used', 'Use another voucher, or ask the seller where this one was used.'],
  'voucher-expired': [409, 'The voucher is too old to be redeemed', 'Ask the seller for a new voucher.'],
  'voucher-not-yet-valid': [409, 'The voucher cannot be redeemed yet', 'Wait until the time that the answer names.'],
  'voucher-wrong-model': [409, 'The voucher is for another model', 'Use it on a device of its models, or ask the seller.'],
  'trial-not-eligible': [409, 'This device has no trial', 'Redeem a voucher.'],
  'grace-not-eligible': [409, 'This device has no grace period', 'Redeem a voucher, or ask support.'],
  'undo-not-possible': [409, 'This cannot be undone', 'The answer says why; ask support.'],
  'device-exists': [409, 'This device exists already', 'Use the device that exists, or another id.'],
  'device-claimed': [409, 'This device belongs to another workspace', 'Have it removed there first, or ask support.'],
  'idempotency-in-progress': [409, 'The same request is still running', 'Send it again in a moment, with the same key.'],
  'already-issued': [409, 'This was issued already, and is shown only once', 'Revoke what was issued and issue it again, with a new key.'],
  'too-large': [413, 'The request is too large', 'Send less at once.'],
  'unsupported-media-type': [415, 'This media type is not understood', 'Send application/json in UTF-8, or what the route asks for.'],
  invalid: [422, 'The request does not fit the schema', 'Correct what the list of errors names; nothing was changed.'],
  'voucher-malformed': [422, 'This cannot be a voucher code', 'Check the code for typing errors. Capital and small letters differ.'],
  'idempotency-key-reused': [422, 'This Idempotency-Key was used for another request', 'Use a new key for every new request.'],
  'too-many-attempts': [429, 'Too many attempts', 'Wait until the time that the answer names.'],
  internal: [500, 'Something went wrong', 'Try again. If it stays, give support the instance of this answer.'],
  'upstream-failed': [502, 'The system behind did not answer properly', 'Try again in a moment.'],
  'storage-unavailable': [503, 'The database cannot be reached or written', 'Try again in a moment; nothing was changed.'],
  'identity-unavailable': [503, 'The identity provider cannot be reached', 'Try again in a moment.'],
  'upstream-timeout': [504, 'The system behind did not answer in time', 'Try again in a moment.'],
} as const satisfies Record<string, readonly [status: number, title: string, remedy: string]>

export type ProblemCode = keyof typeof PROBLEMS

/** Members of a problem beside the standard's own (RFC 9457 §3.2). */
export interface ProblemFields {
  /** When to try again, an instant in ISO 8601. */
  retryAt?: string
  triesLeft?: number
  /** Which rung of a ladder refused. */
  reason?: string
  /** What the person can do, one of the rules' actions or `capital-letters`. */
  remedy?: string | null
  /** What is wrong with a body: RFC 6901 pointers. */
  errors?: readonly { pointer?: string; line?: number; column?: string; detail?: string; reason?: string }[]
  /** Ids of what exists or was issued already. */
  ids?: readonly string[]
  deviceId?: string
  /** Of a closed feature: the licence, when it ended (ISO 8601; null = never begun), and how that is known. */
  licenseStatus?: Status
  until?: string | null
  source?: DecisionSource
  instance?: string
  batch?: string
}

/** A refusal from the closed list. Thrown, it rolls back what the request began. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly fields: ProblemFields
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, detail?: string, fields: ProblemFields = {}, headers: Readonly<Record<string, string>> = {}) {
    super(detail ?? PROBLEMS[code][2])
    this.code = code
    this.fields = fields
    this.headers = headers
  }

  get status(): number {
    return PROBLEMS[this.code][0]
  }

  /** The body of the answer (RFC 9457 §3). */
  body(): Record<string, unknown> {
    return {
      type: `/problems/${this.code}`, code: this.code, title: PROBLEMS[this.code][1], status: this.status, detail: this.message,
      ...this.fields,
    }
  }

  response(): Response {
    return new Response(JSON.stringify(this.body()), {
      status: this.status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...this.headers },
    })
  }
}
