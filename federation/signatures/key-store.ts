import type { ActorKey } from './fetch-key.ts'

/** Marks that lapse, shared by all processes. */
export type Marks = {
  /** Sets a mark for some milliseconds; false when it is set already. */
  claim(name: string, ms: number): Promise<boolean>
  remember(name: string, value: string, ms: number): Promise<void>
  recall(name: string): Promise<string | undefined>
}

/** Where keys of actors are kept. `find` goes by the exact key id, and gives the owner that it is bound to. */
export type KeyStore = Marks & {
  find(keyId: string): Promise<ActorKey | undefined>
  save(key: ActorKey): Promise<void>
}
