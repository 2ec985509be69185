import autocannon from 'autocannon'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'

/** A request of a load: made anew each time. */
export type NextRequest = () => { method: 'GET' | 'POST'; path: string; body?: string }

/** Answers a second of a server on this machine, asked over 32 connections for some seconds. Throws where one is not 2xx. */
export async function load(port: number, key: string, next: NextRequest, limit: { seconds: number } | { amount: number }): Promise<number> {
  const started = performance.now()
  let awake = true
  // A process that sleeps is woken at the cost of who answers it: the faster of two servers, which never lets it sleep, would be spared that.
  const stayAwake = (): void => { if (awake) setImmediate(stayAwake) }
  stayAwake()
  const running = autocannon({
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
  const result = await Promise.resolve(running).finally(() => { awake = false })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} requests failed`)
  return result.requests.total / ((performance.now() - started) / 1_000)
}

/** The 99th percentile of the time of an answer (ms) at a steady rate of requests a second, over some seconds: each is sent at its own
 * moment, whether or not others have been answered, over 32 connections. Throws where an answer is not 2xx. */
export async function tailAt(port: number, key: string, next: NextRequest, { rate, seconds }: { rate: number; seconds: number }): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const times: number[] = []
  const running = new Set<Promise<void>>()
  const send = async (): Promise<void> => {
    const { method, path } = next()
    const started = performance.now()
    const [response] = await once(request({ host: '127.0.0.1', port, method, path, agent, headers: { authorization: `Bearer ${key}` } }).end(), 'response') as [IncomingMessage]
    response.resume()
    await once(response, 'end')
    if ((response.statusCode ?? 500) >= 300) throw new Error(`an answer was ${response.statusCode}`)
    times.push(performance.now() - started)
  }
  const began = performance.now()
  for (let sent = 0; sent < rate * seconds;) {
    for (const due = ((performance.now() - began) / 1_000) * rate; sent < due; sent += 1) {
      const one = send().finally(() => { running.delete(one) })
      running.add(one)
    }
    await new Promise((resolve) => { setImmediate(resolve) })
  }
  await Promise.all(running)
  agent.destroy()
  // The first second is for what is compiled and connected.
  const steady = times.slice(rate).sort((a, b) => a - b)
  return steady[Math.floor(steady.length * 0.99)] ?? Number.NaN
}
