type Name = 'postgres' | 'redis'

export type BreakableServices = {
  folder: string
  database: string
  redis: string
  end(name: Name, signal?: NodeJS.Signals): Promise<void>
  mend(name: Name): Promise<void>
  stop(): Promise<void>
}

export function startBreakableServices(): Promise<BreakableServices>
