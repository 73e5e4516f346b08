import type { Stage } from '#core/remote'
import type { RemoteHandle } from '../webfinger-lookup.ts'
import type { Json } from '../properties.ts'

/** What is known so far of the thing that is looked for; each step adds to it. */
export type Walk = {
  text: string
  handle?: RemoteHandle
  /** Its ActivityPub id or page. */
  url?: string
  /** Where its server is, with the port. */
  host?: string
  document?: Json
}

export type Finding = Omit<Stage, 'stage'>

/** One stage of the way: looks, and says how it went. */
export type Step = { stage: string; look(walk: Walk): Promise<Finding> }

export const ok = (says: string): Finding => ({ verdict: 'ok', says })

/** It goes on, but an admin should know. */
export const look = (says: string, advice: string): Finding => ({ verdict: 'look', says, advice })

export const stop = (says: string, advice: string): Finding => ({ verdict: 'stops here', says, advice })
