type Name = 'postgres' | 'redis'

export type BreakableServices = {
  folder: string
  database: string
  redis: string
  signal(name: Name, signal: NodeJS.Signals): void
  end(name: Name, signal?: NodeJS.Signals): Promise<void>
  mend(name: Name): Promise<void>
  stop(): Promise<void>
}

export function startBreakableServices(): Promise<BreakableServices>
