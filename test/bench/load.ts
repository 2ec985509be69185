import autocannon from 'autocannon'

/** A request of a load: made anew each time. */
export type NextRequest = () => { method: 'GET' | 'POST'; path: string; body?: string }

/** Answers a second of a server on this machine, asked over 32 connections for some seconds. Throws where one is not 2xx. */
export async function load(port: number, key: string, next: NextRequest, limit: { seconds: number } | { amount: number }): Promise<number> {
  const started = performance.now()
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: 32,
    // Else a load of some requests is taken to last whole seconds.
    sampleInt: 50,
    ...('seconds' in limit ? { duration: limit.seconds } : { amount: limit.amount }),
    requests: [{
      setupRequest: (request) => ({
        ...request, ...next(), headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      }),
    }],
  })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} requests failed`)
  return result.requests.total / ((performance.now() - started) / 1_000)
}
