import { discoveryPaths } from '#federation/discovery-documents'
import { buildApp } from '#server/app'
import { mountRoutes } from '#server/mount'
import { probes } from '#server/probes'
import { eventPaths } from '#server/streaming/sse'
import { type Endpoint } from '#test/support/contract'

type Layer = {
  route?: { path: unknown; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
  /** It stands at the root. */
  slash: boolean
  match(path: string): boolean
}

/** A method and a path without the names of its parameters: two of one shape are the same endpoint. */
export const shapeOf = (method: string, path: string): string =>
  `${method.toUpperCase()} ${path.replaceAll(/:\w+/g, ':')}`

// Below a prefix a layer knows only the rest of its path; what stands there are stated routes, which are asked themselves.
function* ownLayers(stack: Layer[]): Generator<Layer> {
  for (const layer of stack) {
    if (layer.slash && layer.handle.stack && !layer.route) yield* ownLayers(layer.handle.stack)
    else if (layer.route) yield layer
  }
}

/** The layers with a path that stands for itself: a pattern of a whole folder says nothing about one file in it. */
const isPlain = ({ route }: Layer): boolean =>
  [route?.path].flat().every((path) => typeof path === 'string' && !path.includes('/*path'))

/** Gives a question to ask of the app as it runs: does it answer this endpoint? */
export async function findRoutes(): Promise<(endpoint: Endpoint) => boolean> {
  const app = (await buildApp()) as unknown as { router: { stack: Layer[] } }
  const { list } = await mountRoutes()
  const stack = [...app.router.stack, ...(probes.stack as unknown as Layer[])]
  const layers = [...ownLayers(stack)].filter(isPlain)
  const shapes = new Set([
    ...list.map(({ method, path }) => shapeOf(method, path)),
    ...[...discoveryPaths, ...eventPaths].map((path) => shapeOf('GET', path)),
  ])
  const hasLayer = (method: string, path: string) =>
    layers.some(
      (layer) => layer.route?.methods[method.toLowerCase()] && layer.match(path.replaceAll(/:\w+/g, '1')),
    )
  return ({ method, path }) =>
    shapes.has(shapeOf(method, path)) ||
    (!/^\/api\/v\d/.test(path) && hasLayer(method, path)) ||
    (path.startsWith('/api/v1/streaming') && hasLayer(method, path))
}
