// A worker at the edge: it decides by a signed statement alone, and never asks.
import { createLocalJWKSet } from 'jose'
import { verifyEntitlement } from 'license-elements/entitlement'

self.onmessage = async ({ data: { id, jwks, token, device, feature } }) => {
  const entitlement = await verifyEntitlement(token, { keys: createLocalJWKSet(jwks), device })
  self.postMessage({ id, status: entitlement?.features.includes(feature) === true ? 200 : 403 })
}
