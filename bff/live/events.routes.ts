import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { type Route, stream } from '../http/route.ts'
import { GATEWAY_QUERY } from '../http/schemas.ts'

/** Changes as they happen. */
export const eventRoutes: readonly Route[] = [
  stream({
    method: 'get', path: '/v1/events', role: 'viewer', media: 'text/event-stream',
    summary: 'Changes as they happen: hello { changedAt, now }, then license-changed { deviceId }, where null stands for any device, and notification {} where there is a new reminder',
    gateway: true, query: z.strictObject(GATEWAY_QUERY), problems: ['too-many-attempts'],
    stream: async ({ who, workspace, now }, live, request) => {
      if (live.isFull(who.id)) throw new Problem('too-many-attempts', 'Too many streams are open.', {}, { 'retry-after': '60' })
      const last = request.headers.get('last-event-id') ?? ''
      return live.stream({ caller: who.id, workspace, now, lastSeq: /^\d{1,15}$/.test(last) ? Number(last) : null, request })
    },
  }),
]
