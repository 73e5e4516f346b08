declare module 'jsonld' {
  type Loader = (url: string) => Promise<{ contextUrl: null; documentUrl: string; document: unknown }>
  type Means = { documentLoader: Loader; safe?: boolean; keepFreeFloatingNodes?: boolean }
  type Node = Record<string, unknown>
  export function expand(document: object, means: Means): Promise<Node[]>
  export function compact(document: object, context: object, means: Means): Promise<Node>
  const jsonld: { expand: typeof expand; compact: typeof compact }
  export default jsonld
}
