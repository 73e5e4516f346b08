declare module 'jsonld' {
  type Loader = (url: string) => Promise<{ contextUrl: null; documentUrl: string; document: unknown }>
  const jsonld: {
    expand(
      document: object,
      options: { documentLoader: Loader; safe?: boolean },
    ): Promise<Record<string, unknown>[]>
  }
  export default jsonld
}
