import { openDoorbell } from './queue.ts'

/** What a process of any role needs of federation: today the bell that tells workers of owed work. */
export function startFederation(): { stop(): Promise<void> } {
  const doorbell = openDoorbell()
  return { stop: () => doorbell.close() }
}
