import { fileAnswer } from '../../http/file.ts'
import { readBuilt } from '../../node/built.ts'
import { Failure } from '../failure.ts'

/** What the portal's pages may load and do (CSP Level 3): nothing but what this server answers, and no text as a script. */
export const PORTAL_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
  + "require-trusted-types-for 'script'; trusted-types lit-html; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const PAGE_HEADERS = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PORTAL_POLICY, 'referrer-policy': 'same-origin' }

/** The files of the portal, and what each is. */
const FILES = {
  'portal.js': 'text/javascript', 'early.js': 'text/javascript', 'portal.css': 'text/css', 'favicon.svg': 'image/svg+xml',
} as const satisfies Record<string, string>

/** Addresses of the portal's files, `/portal/portal.js` and so on. */
export const FILE_PATHS = Object.keys(FILES).map((name) => `/portal/${name}`)

const NOT_BUILT = 'the portal is not built; run npm run build, then start the demo again'

async function read(name: string): Promise<Uint8Array> {
  const file = await readBuilt(`portal/${name}`)
  if (file === null) throw new Failure(NOT_BUILT)
  return file
}

/** Throws a Failure where the portal or the elements were not built. */
export async function checkBuilt(): Promise<void> {
  await Promise.all(['index.html', ...Object.keys(FILES)].map(read))
  if (await readBuilt('elements.js') === null) throw new Failure(NOT_BUILT)
}

/** The portal's one document, which draws the page that its address names. */
export async function portalPage(request: Request, status: 200 | 404 = 200): Promise<Response> {
  const page = await read('index.html')
  return status === 200 ? fileAnswer(request, page, PAGE_HEADERS) : new Response(new Uint8Array(page), {
    status, headers: { ...PAGE_HEADERS, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
  })
}

/** One of the portal's files, by its address. */
export async function portalFile(request: Request): Promise<Response> {
  const name = new URL(request.url).pathname.slice('/portal/'.length) as keyof typeof FILES
  return fileAnswer(request, await read(name), { 'content-type': `${FILES[name]}; charset=utf-8` })
}
