import type { GateRoute } from '../http/route.ts'

/** What stands in front of something else, as it is documented. */
export const gateRoutes: readonly GateRoute[] = [
  {
    path: '/v1/authorize', methods: ['get'], summary: 'Whether a gateway may let a request pass',
    description: 'For nginx auth_request, forward-auth of Caddy and Traefik, and ext_authz of Envoy, by any method. Without a query, the address stands in X-Original-URI or '
      + 'X-Forwarded-Uri of a trusted proxy, or follows this path, and the patterns of the policy say which device and feature it means. X-License-Code says why; '
      + 'X-License-Status, X-License-Until and X-License-Remedy say more where the device is known.',
    parameters: [
      { name: 'device', description: 'The device.' }, { name: 'feature', description: 'The feature.' }, { name: 'workspace', description: 'For a key of the role gateway: the workspace.' },
    ],
    answers: { 204: 'The feature is open.', 401: 'Nobody is signed in; X-License-Code tells the problem.', 403: 'The feature is closed, or not known to be open; X-License-Code tells the problem.' },
    problems: [],
  },
  {
    path: '/v1/devices/{id}/proxy/{feature}/{path}', methods: ['get', 'post', 'put', 'patch', 'delete'], summary: "The host's own server of a feature, as long as the licence opens it",
    description: 'Streams both ways, and ends at the second at which the feature closes. The path may have any number of segments. Answers are those of the server that the policy names, '
      + 'and the problems of the BFF.',
    parameters: [],
    answers: { 200: 'What the server behind answered, in whatever status it has.' },
    problems: ['invalid-request', 'invalid-encoding', 'unauthenticated', 'role-required', 'feature-closed', 'origin-forbidden', 'workspace-unknown', 'not-found', 'device-not-found',
      'feature-not-found', 'internal', 'upstream-failed', 'storage-unavailable', 'identity-unavailable', 'upstream-timeout'],
  },
]
