import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client'

collectDefaultMetrics()

const counters = new Map<string, Counter>()

/** Raises a counter by one; it is made at its first use. Label values must come from a small fixed set. */
export function count(name: string, help: string, labels: Record<string, string> = {}, by = 1): void {
  let counter = counters.get(name)
  if (!counter) counters.set(name, (counter = new Counter({ name, help, labelNames: Object.keys(labels) })))
  counter.inc(labels, by)
}

/** How long requests take, by route and status. */
export const requestSeconds = new Histogram({
  name: 'kith_request_seconds',
  help: 'Time to answer HTTP requests, by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
})

/** One value of a gauge, and the labels it stands under. */
export type Reading = { labels: Record<string, string>; value: number }

/** States a gauge whose values are read when they are asked for. What fails is left out: metrics must come when all else fails. */
export function gauge(
  name: string,
  help: string,
  labelNames: readonly string[],
  read: () => Promise<Reading[]> | Reading[],
): Gauge {
  return new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    async collect() {
      this.reset()
      const readings = await Promise.resolve()
        .then(read)
        .catch((): Reading[] => [])
      for (const { labels, value } of readings) this.set(labels, value)
    },
  })
}

/** All metrics in the text form of Prometheus. */
export const metricsText = (): Promise<string> => register.metrics()
export const metricsType = register.contentType
