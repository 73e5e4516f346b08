export type TestServices = {
  folder: string
  database: string
  redis: string[]
  stop(): Promise<void>
}

export function startTestServices(workers: number, choice?: { withPostgres?: boolean }): Promise<TestServices>
