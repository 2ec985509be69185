import { http, HttpResponse, type HttpHandler } from 'msw'
import { createWorld, type World, type WorldSpec } from './world.ts'

const worlds = new Map<string, Promise<World>>()

/** The base URL of a story, by its key: every story has its own, as all stories of a page share one worker. */
export function baseUrlOf(id: string): string {
  return new URL(`bff/${id}`, document.baseURI).href
}

/** The world of a story; it is made when it is first asked for. */
export function worldOf(id: string, spec: WorldSpec): Promise<World> {
  let world = worlds.get(id)
  if (world === undefined) worlds.set(id, (world = createWorld(spec)))
  return world
}

/** Forgets the world of a story. */
export async function dropWorld(id: string): Promise<void> {
  const world = worlds.get(id)
  worlds.delete(id)
  await (await world)?.close()
}

/** Answers every request below a story's base URL by the BFF of its world. */
export const bffHandler: HttpHandler = http.all('*/bff/:story/*', async ({ request, params }) => {
  const world = await worlds.get(String(params['story']))
  if (world === undefined) return HttpResponse.error()
  try {
    return await world.fetch(request)
  } catch {
    return HttpResponse.error()
  }
})
