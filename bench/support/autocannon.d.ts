declare module 'autocannon' {
  export type Request = { method?: 'GET'; path: string; headers?: Record<string, string> }
  type Client = { setRequests(requests: Request[]): void }
  type Options = {
    url: string
    connections: number
    duration: number
    requests?: Request[]
    setupClient?(client: Client): void
  }
  type Result = {
    '2xx': number
    non2xx: number
    errors: number
    duration: number
    throughput: { average: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
